import { Button, makeStyles, mergeClasses, tokens, type ButtonProps } from "@fluentui/react-components";
import { FINGERS, SHORT } from "../labeling/forms";
import type { Doable } from "../parts/actions";
import { texts } from "../texts";

/** Where four buttons would need a second line. */
const TIGHT = "@media (max-width: 1100px)";

const useStyles = makeStyles({
  button: {
    minWidth: "96px",
    minHeight: "40px",
    [TIGHT]: { minWidth: "64px", paddingInline: tokens.spacingHorizontalM },
    [FINGERS]: { minHeight: "48px" },
    [SHORT]: { minHeight: "32px", padding: `0 ${tokens.spacingHorizontalSNudge}`, fontSize: tokens.fontSizeBase300 },
  },
  lesser: { [TIGHT]: { minWidth: "40px" } },
  icon: { [TIGHT]: { display: "none" } },
  text: { whiteSpace: "nowrap" },
  unseen: { [TIGHT]: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" } },
  key: {
    boxSizing: "border-box",
    minWidth: "20px",
    marginLeft: tokens.spacingHorizontalS,
    paddingInline: "3px",
    fontFamily: "inherit",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    lineHeight: "18px",
    textAlign: "center",
    border: "1px solid currentColor",
    borderRadius: tokens.borderRadiusSmall,
    // Who has fingers there has no keys.
    [FINGERS]: { display: "none" },
  },
  small: { minWidth: 0, paddingInline: tokens.spacingHorizontalXS, fontWeight: tokens.fontWeightRegular, flexShrink: 0 },
  longKey: { [TIGHT]: { display: "none" } },
});

interface JudgeButtonProps {
  action: Doable;
  appearance?: ButtonProps["appearance"];
  /** Instead of the action's own words. */
  text?: string | undefined;
  /** Where there is little room, its icon alone is seen. */
  isLesser?: boolean;
}

/** A large button with its key on it. */
export function JudgeButton({ action, appearance, text = action.text, isLesser = false }: JudgeButtonProps) {
  const styles = useStyles();
  const { key, icon, isOff, run } = action;
  return (
    <Button
      className={mergeClasses(styles.button, isLesser && styles.lesser)}
      size="large"
      appearance={appearance}
      icon={icon && { className: isLesser ? undefined : styles.icon, children: icon }}
      aria-keyshortcuts={key}
      title={isLesser ? texts.common.withKey(text, key) : undefined}
      disabledFocusable={isOff}
      onClick={run}
    >
      <span className={mergeClasses(styles.text, isLesser && styles.unseen)}>{text}</span>
      <kbd aria-hidden className={mergeClasses(styles.key, isLesser && styles.longKey)}>
        {key}
      </kbd>
    </Button>
  );
}

/** A button beside others of its kind; its key is in its tooltip. */
export function JudgeSmallButton({ action, text = action.text }: Pick<JudgeButtonProps, "action" | "text">) {
  const styles = useStyles();
  const { key, icon, run } = action;
  return (
    <Button className={styles.small} size="small" appearance="subtle" icon={icon} title={texts.common.withKey(action.text, key)} onClick={run}>
      {text}
    </Button>
  );
}

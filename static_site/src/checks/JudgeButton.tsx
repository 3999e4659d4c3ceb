import { Button, makeStyles, tokens, type ButtonProps } from "@fluentui/react-components";
import { FINGERS } from "../labeling/forms";
import type { Doable } from "../parts/actions";
import { texts } from "../texts";

const useStyles = makeStyles({
  button: { minWidth: "96px", minHeight: "40px", gap: tokens.spacingHorizontalXS, [FINGERS]: { minHeight: "48px" } },
  key: {
    boxSizing: "border-box",
    minWidth: "20px",
    marginLeft: tokens.spacingHorizontalXS,
    paddingInline: "3px",
    fontFamily: "inherit",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    lineHeight: "18px",
    textAlign: "center",
    border: "1px solid currentColor",
    borderRadius: tokens.borderRadiusSmall,
  },
});

interface JudgeButtonProps {
  action: Doable;
  appearance?: ButtonProps["appearance"];
  /** Instead of the action's own words. */
  text?: string | undefined;
}

/** A large button with its key on it. */
export function JudgeButton({ action: { text, key, icon, isOff, run }, appearance, text: instead = text }: JudgeButtonProps) {
  const styles = useStyles();
  return (
    <Button
      className={styles.button}
      size="large"
      appearance={appearance}
      icon={icon}
      aria-keyshortcuts={key}
      disabledFocusable={isOff}
      onClick={run}
    >
      {instead}
      <kbd aria-hidden className={styles.key}>
        {key}
      </kbd>
    </Button>
  );
}

/** A button beside others of its kind; its key is in its tooltip. */
export function JudgeSmallButton({ action: { text, key, icon, run }, text: instead = text }: JudgeButtonProps) {
  return (
    <Button size="small" appearance="subtle" icon={icon} title={texts.common.withKey(text, key)} onClick={run}>
      {instead}
    </Button>
  );
}

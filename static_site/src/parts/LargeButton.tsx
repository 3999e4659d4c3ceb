import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { texts } from "../texts";
import type { Doable } from "./actions";

const useStyles = makeStyles({
  button: { flexShrink: 0, minWidth: "40px", minHeight: "40px" },
  side: {
    position: "absolute",
    top: "calc(50% - 32px)",
    minWidth: "44px",
    height: "64px",
    backgroundColor: tokens.colorNeutralBackground1,
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  left: { left: tokens.spacingHorizontalM },
  right: { right: tokens.spacingHorizontalM },
});

interface LargeButtonProps {
  action: Doable;
  /** Beside the image, at this edge; otherwise in a row with others. */
  side?: "left" | "right";
}

/** A button of the large view: a sign, with its words and its key for who asks. */
export function LargeButton({ action: { text, key, icon, isOff, run }, side }: LargeButtonProps) {
  const styles = useStyles();
  return (
    <Button
      className={mergeClasses(styles.button, side && styles.side, side && styles[side])}
      appearance={side ? "secondary" : "subtle"}
      icon={icon}
      aria-label={text}
      title={texts.common.withKey(text, key)}
      // It keeps the focus when it leads no further.
      disabledFocusable={isOff}
      onClick={run}
    />
  );
}

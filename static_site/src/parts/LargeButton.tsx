import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { texts } from "../texts";

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
  text: string;
  hotkey: string;
  icon: ReactElement;
  /** Beside the image, at this edge; otherwise in a row with others. */
  side?: "left" | "right";
  disabled?: boolean;
  onClick: () => void;
}

/** A button of the large view: a sign, with its words and its key for who asks. */
export function LargeButton({ text, hotkey, icon, side, disabled, onClick }: LargeButtonProps) {
  const styles = useStyles();
  return (
    <Button
      className={mergeClasses(styles.button, side && styles.side, side && styles[side])}
      appearance={side ? "secondary" : "subtle"}
      icon={icon}
      aria-label={text}
      title={texts.common.withKey(text, hotkey)}
      // It keeps the focus when it leads no further.
      disabledFocusable={disabled}
      onClick={onClick}
    />
  );
}

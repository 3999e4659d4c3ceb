import { Button, Tooltip, makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { texts } from "../texts";
import { FINGERS, NARROW } from "./forms";

const useStyles = makeStyles({
  button: {
    flexShrink: 0,
    minWidth: "32px",
    maxWidth: "32px",
    height: "32px",
    padding: 0,
    [NARROW]: { minWidth: "24px", maxWidth: "24px", height: "24px" },
    [FINGERS]: { minWidth: "40px", maxWidth: "40px", height: "40px" },
  },
});

interface ToolButtonProps {
  text: string;
  /** As it is written on the keys; where there is none, what the tooltip says more. */
  hotkey: string;
  icon: ReactElement;
  onClick: () => void;
  disabled?: boolean;
}

/** A button of the toolbar: an icon, with its name and the key that does the same in its tooltip. */
export function ToolButton({ text, hotkey, disabled = false, ...props }: ToolButtonProps) {
  const styles = useStyles();
  return (
    <Tooltip content={texts.common.withKey(text, hotkey)} relationship="label" withArrow>
      <Button
        {...props}
        className={styles.button}
        appearance="subtle"
        aria-label={text}
        aria-disabled={disabled}
        disabled={disabled}
      />
    </Tooltip>
  );
}

import { Button, Tooltip, makeStyles } from "@fluentui/react-components";
import { memo } from "react";
import type { Doable } from "../parts/actions";
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

/** A button of the toolbar: an icon, with its name and the key that does the same in its tooltip. */
export const ToolButton = memo(function ToolButton({ action }: { action: Doable }) {
  const { text, key, icon, isOff, run } = action;
  const styles = useStyles();
  return (
    <Tooltip content={texts.common.withKey(text, key)} relationship="label" withArrow>
      <Button
        className={styles.button}
        appearance="subtle"
        icon={icon}
        aria-label={text}
        aria-disabled={isOff}
        disabled={isOff}
        onClick={run}
      />
    </Tooltip>
  );
});

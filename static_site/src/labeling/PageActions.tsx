import { makeStyles } from "@fluentui/react-components";
import { texts } from "../texts";
import type { SheetActions } from "./actions";
import { FINGERS, NARROW } from "./forms";
import { ToolButton } from "./ToolButton";

const useStyles = makeStyles({
  actions: { flexShrink: 0, display: "flex", flexWrap: "wrap", gap: "2px", [NARROW]: { gap: 0 }, [FINGERS]: { gap: 0 } },
});

const TOOLS = ["skip", "clear", "undo", "redo", "selectAll", "selectRest", "enlarge", "back"] as const;

/** What can be done to the images of a page, but for labeling them. */
export function PageActions({ act }: { act: SheetActions }) {
  const styles = useStyles();
  return (
    <div className={styles.actions} role="toolbar" aria-label={texts.labeling.tools}>
      {TOOLS.map((one) => (
        <ToolButton key={one} action={act[one]} />
      ))}
    </div>
  );
}

import { makeStyles } from "@fluentui/react-components";
import {
  ArrowHookUpLeftRegular,
  ArrowRedoRegular,
  ArrowUndoRegular,
  EraserRegular,
  NextRegular,
  SelectAllOffRegular,
  SelectAllOnRegular,
  ZoomInRegular,
} from "@fluentui/react-icons";
import { texts } from "../texts";
import type { SheetActions } from "./actions";
import { FINGERS, NARROW } from "./forms";
import { untagged, type PageState } from "./page";
import { ToolButton } from "./ToolButton";

const useStyles = makeStyles({
  actions: { flexShrink: 0, display: "flex", flexWrap: "wrap", gap: "2px", [NARROW]: { gap: 0 }, [FINGERS]: { gap: 0 } },
});

/** What can be done to the images of a page, but for tagging them. */
export function PageActions({ page, act }: { page: PageState; act: SheetActions }) {
  const styles = useStyles();
  const { tagging } = texts;
  return (
    <div className={styles.actions} role="toolbar" aria-label={tagging.tools}>
      <ToolButton text={tagging.skip} hotkey="S" icon={<NextRegular />} onClick={act.askToSkip} />
      <ToolButton text={tagging.clear} hotkey="X" icon={<EraserRegular />} onClick={act.clear} />
      <ToolButton
        text={tagging.undo}
        hotkey="U"
        icon={<ArrowUndoRegular />}
        onClick={act.undo}
        disabled={page.past.length === 0}
      />
      <ToolButton
        text={tagging.redo}
        hotkey="Ctrl+Y"
        icon={<ArrowRedoRegular />}
        onClick={act.redo}
        disabled={page.undone.length === 0}
      />
      <ToolButton text={tagging.selectAll} hotkey="Ctrl+A" icon={<SelectAllOnRegular />} onClick={act.selectAll} />
      <ToolButton
        text={tagging.selectUntagged}
        hotkey={tagging.restKeys}
        icon={<SelectAllOffRegular />}
        onClick={act.selectUntagged}
        disabled={untagged(page).length === 0}
      />
      <ToolButton text={tagging.enlarge} hotkey="Z" icon={<ZoomInRegular />} onClick={act.enlarge} />
      {act.back && (
        <ToolButton text={tagging.back} hotkey="B" icon={<ArrowHookUpLeftRegular />} onClick={act.back} />
      )}
    </div>
  );
}

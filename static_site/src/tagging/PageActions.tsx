import { makeStyles, tokens } from "@fluentui/react-components";
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
import { ActionButton } from "./ActionButton";
import type { SheetActions } from "./actions";
import { BELOW, NARROW } from "./forms";
import { untagged, type PageState } from "./page";

const useStyles = makeStyles({
  actions: {
    flexShrink: 0,
    display: "grid",
    gridTemplateColumns: "1fr 1fr",
    gap: tokens.spacingHorizontalSNudge,
    [BELOW]: { display: "flex", flexWrap: "wrap", flex: "1 1 auto" },
    [NARROW]: { display: "flex", flexWrap: "wrap", gap: "2px" },
  },
});

/** What can be done to the images of a page, but for tagging them. */
export function PageActions({ page, act }: { page: PageState; act: SheetActions }) {
  const styles = useStyles();
  const { tagging } = texts;
  return (
    <div className={styles.actions}>
      <ActionButton text={tagging.skip} hotkey="S" icon={<NextRegular />} onClick={act.askToSkip} />
      <ActionButton text={tagging.clear} hotkey="X" icon={<EraserRegular />} onClick={act.clear} />
      <ActionButton
        text={tagging.undo}
        hotkey="U"
        icon={<ArrowUndoRegular />}
        onClick={act.undo}
        disabled={page.past.length === 0}
      />
      <ActionButton
        text={tagging.redo}
        hotkey="Ctrl+Y"
        icon={<ArrowRedoRegular />}
        onClick={act.redo}
        disabled={page.undone.length === 0}
      />
      <ActionButton text={tagging.selectAll} hotkey="Ctrl+A" icon={<SelectAllOnRegular />} onClick={act.selectAll} />
      <ActionButton
        text={tagging.selectUntagged}
        hotkey={tagging.restKeys}
        icon={<SelectAllOffRegular />}
        onClick={act.selectUntagged}
        disabled={untagged(page).length === 0}
      />
      <ActionButton text={tagging.enlarge} hotkey="Z" icon={<ZoomInRegular />} onClick={act.enlarge} />
      {act.back && (
        <ActionButton text={tagging.back} hotkey="B" icon={<ArrowHookUpLeftRegular />} onClick={act.back} />
      )}
    </div>
  );
}

import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowUndoRegular, CheckmarkCircleRegular, EraserRegular, NextRegular, SearchRegular } from "@fluentui/react-icons";
import type { Label } from "../api/types";
import { labelBand } from "../parts/colors";
import { texts } from "../texts";
import type { SheetActions } from "./actions";
import { FINGERS, keepFocus } from "./forms";
import { countTags, isGiven, suggestionOf, untagged, type PageState } from "./page";
import { suggestedLook } from "./suggestedLook";
import { hasAny, saidOf } from "./suggestions";
import { TagList } from "./TagList";
import { ToolButton } from "./ToolButton";

const useStyles = makeStyles({
  band: {
    boxSizing: "border-box",
    minHeight: "32px",
    padding: `6px ${tokens.spacingHorizontalL}`,
    textAlign: "center",
    overflowWrap: "anywhere",
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: "20px",
  },
  none: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  skipped: { backgroundColor: tokens.colorNeutralBackground5, fontStyle: "italic" },
  below: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
  },
  tags: { flex: "1 1 420px", minWidth: 0, display: "flex" },
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS, alignItems: "center" },
  submit: { [FINGERS]: { minHeight: "40px" } },
});

interface LargeTagsProps {
  project: string;
  page: PageState;
  labels: readonly Label[];
  recent: readonly Label[];
  isPast: boolean;
  act: SheetActions;
}

/** What stands below the image that fills the window: its tag, and all that can be done to it. */
export function LargeTags({ project, page, labels, recent, isPast, act }: LargeTagsProps) {
  const styles = useStyles();
  const id = page.ids[page.focus] ?? "";
  const mark = page.marks[id];
  const suggestion = suggestionOf(page, id);
  const shown = suggestion ?? (mark?.kind === "tag" ? mark : undefined);
  const label = shown && labels.find((one) => one.id === shown.label);
  const said =
    mark?.kind === "skip" ? texts.tagging.skipped(mark.reason) : (saidOf(label, suggestion) ?? texts.tagging.noTag);
  const left = untagged(page).length;
  return (
    <>
      <div
        role="status"
        className={mergeClasses(styles.band, !label && !isGiven(mark) && styles.none, mark?.kind === "skip" && styles.skipped)}
        style={suggestion ? suggestedLook(suggestion) : label && labelBand(label.id)}
      >
        {said}
      </div>
      <div className={styles.below} onMouseDown={keepFocus}>
        <div className={styles.tags}>
          <TagList project={project} inline labels={labels} recent={recent} counts={countTags(page)} onTag={act.tag} />
        </div>
        <div className={styles.actions}>
          {hasAny(page.suggestions) && (
            <ToolButton
              text={texts.tagging.acceptOne}
              hotkey="Y"
              icon={<CheckmarkCircleRegular />}
              onClick={act.accept}
              disabled={!suggestion}
            />
          )}
          <ToolButton text={texts.tagging.search} hotkey="/" icon={<SearchRegular />} onClick={act.search} />
          <ToolButton text={texts.tagging.skip} hotkey="S" icon={<NextRegular />} onClick={act.askToSkip} />
          <ToolButton text={texts.tagging.clear} hotkey="X" icon={<EraserRegular />} onClick={act.clear} />
          <ToolButton
            text={texts.tagging.undo}
            hotkey="U"
            icon={<ArrowUndoRegular />}
            onClick={act.undo}
            disabled={page.past.length === 0}
          />
          <Button className={styles.submit} appearance="primary" disabled={left > 0} onClick={act.submit}>
            {left > 0 ? texts.tagging.left(left, null) : isPast ? texts.tagging.saveChanges : texts.tagging.submit}
          </Button>
        </div>
      </div>
    </>
  );
}

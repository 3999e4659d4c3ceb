import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { Label } from "../api/types";
import { isGiven } from "../tasks/marks";
import { texts } from "../texts";
import type { SheetActions } from "./actions";
import { FINGERS, keepFocus } from "./forms";
import { BandRow } from "./BandRow";
import { lookOf, shownOf } from "./bands";
import { chosenOf, countLabels, suggestedFor, unlabeled, type PageState } from "./pageState";
import { hasAny } from "./suggestions";
import { LabelButtons, NoneButton } from "./LabelButtons";
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
  several: { display: "flex", flexWrap: "wrap", gap: "2px", padding: 0, lineHeight: "32px" },
  none: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  skipped: { backgroundColor: tokens.colorNeutralBackground5, fontStyle: "italic" },
  below: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
  },
  labels: { flex: "1 1 420px", minWidth: 0, display: "flex" },
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS, alignItems: "center" },
  submit: { [FINGERS]: { minHeight: "40px" } },
});

const TOOLS = ["search", "skip", "clear", "undo"] as const;

interface LargeSheetProps {
  project: string;
  page: PageState;
  labels: readonly Label[];
  recent: readonly Label[];
  isPast: boolean;
  act: SheetActions;
  onLabel: (labelId: number) => void;
}

/** What stands below the image that fills the window: its label, and all that can be done to it. */
export function LargeSheet({ project, page, labels, recent, isPast, act, onLabel }: LargeSheetProps) {
  const styles = useStyles();
  const id = page.ids[page.focus] ?? "";
  const mark = page.marks[id];
  const names = new Map(labels.map((label) => [label.id, label]));
  const shown = shownOf(page.task, isGiven(mark) ? mark : undefined, suggestedFor(page, id), names);
  const { bands, said } = shown;
  const [band] = bands;
  const left = unlabeled(page).length;
  const chosen = chosenOf(page);
  return (
    <>
      <div
        role="status"
        className={mergeClasses(styles.band, bands.length > 1 && styles.several, !said && styles.none, mark?.kind === "skip" && styles.skipped)}
        style={band && bands.length === 1 ? lookOf(shown, band) : undefined}
      >
        {bands.length > 1 ? <BandRow shown={shown} withConfidence /> : (said ?? texts.labeling.noLabel)}
      </div>
      <div className={styles.below} onMouseDown={keepFocus}>
        <div className={styles.labels}>
          <LabelButtons project={project} inline labels={labels} recent={recent} counts={countLabels(page)} chosen={chosen?.labels} onLabel={onLabel} />
        </div>
        <div className={styles.actions}>
          {act.none && chosen && <NoneButton action={act.none} chosen={chosen.none} />}
          {hasAny(page.suggestions) && <ToolButton action={act.accept} />}
          {TOOLS.map((one) => (
            <ToolButton key={one} action={act[one]} />
          ))}
          <Button className={styles.submit} appearance="primary" disabled={act.submit.isOff} onClick={act.submit.run}>
            {left > 0 ? texts.labeling.left(left, null) : isPast ? texts.labeling.saveChanges : texts.labeling.submit}
          </Button>
        </div>
      </div>
    </>
  );
}

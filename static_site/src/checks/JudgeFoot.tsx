import { Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { CheckImage, Project, VerdictWord } from "../api/types";
import { BandRow } from "../labeling/BandRow";
import { lookOf, type Shown } from "../labeling/bands";
import { keepFocus, SHORT } from "../labeling/forms";
import type { TaskType } from "../tasks/task";
import { checks } from "../texts/checks";
import type { JudgeActions } from "./actions";
import { JudgeButton } from "./JudgeButton";

const useStyles = makeStyles({
  foot: { gridRow: 3, minWidth: 0, maxHeight: "45vh", overflowY: "auto" },
  band: {
    boxSizing: "border-box",
    minHeight: "44px",
    padding: `10px ${tokens.spacingHorizontalL}`,
    textAlign: "center",
    overflowWrap: "anywhere",
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: tokens.lineHeightBase400,
    [SHORT]: { minHeight: "28px", paddingBlock: "2px", fontSize: tokens.fontSizeBase300 },
  },
  several: { display: "flex", flexWrap: "wrap", gap: "2px", padding: 0, lineHeight: "44px", [SHORT]: { lineHeight: "28px" } },
  none: { backgroundColor: tokens.colorNeutralBackground5 },
  below: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    [SHORT]: { paddingBlock: tokens.spacingVerticalXS },
  },
  words: {
    flex: "1 1 160px",
    minWidth: 0,
    display: "flex",
    flexDirection: "column",
    // What the buttons say has to do.
    [SHORT]: { display: "none" },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: { display: "flex", flexWrap: "wrap", marginLeft: "auto", gap: tokens.spacingHorizontalS, alignItems: "center" },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
});

interface JudgeFootProps {
  project: Project;
  image: CheckImage;
  task: TaskType;
  shown: Shown;
  isChanged: boolean;
  act: JudgeActions;
  place: number;
  size: number;
  /** What was said before. */
  last: VerdictWord | null;
}

/** The labels of the image, the question, and the answers to it. */
export function JudgeFoot({ image, task, shown, isChanged, act, place, size, last }: JudgeFootProps) {
  const styles = useStyles();
  const { bands, said = "" } = shown;
  const [band] = bands;
  const question = isChanged
    ? checks.askChanged
    : bands.length === 0
      ? checks.askNone
      : task.isOneLabel
        ? checks.ask
        : checks.askSeveral;
  const told = isChanged ? checks.changedTo(said) : checks.labeled(said);
  return (
    <div className={styles.foot}>
      <div role="status" className={styles.unseen}>
        {checks.at(place, size, image.name, told)}
      </div>
      <div
        aria-hidden
        className={mergeClasses(styles.band, bands.length > 1 && styles.several, bands.length === 0 && styles.none)}
        style={band && bands.length === 1 ? lookOf(shown, band) : undefined}
      >
        {bands.length > 1 ? <BandRow shown={shown} withConfidence={false} /> : said}
      </div>
      <div className={styles.below} onMouseDown={keepFocus}>
        <div className={styles.words}>
          <Text weight="semibold">{question}</Text>
          <Text size={200} className={styles.quiet}>
            {last ? checks.last(last) : "\u00a0"}
          </Text>
        </div>
        <div className={styles.buttons} role="group" aria-label={checks.panel}>
          <JudgeButton action={act.undo} appearance="subtle" isLesser />
          <JudgeButton action={act.unclear} />
          <JudgeButton action={act.wrong} />
          <JudgeButton action={act.right} appearance="primary" text={isChanged ? checks.theseAreRight : undefined} />
        </div>
      </div>
    </div>
  );
}

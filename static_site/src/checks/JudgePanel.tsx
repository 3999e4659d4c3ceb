import { makeStyles, tokens } from "@fluentui/react-components";
import type { Label, Project } from "../api/types";
import { BELOW, keepFocus, NARROW } from "../labeling/forms";
import { LabelButtons, NoneButton } from "../labeling/LabelButtons";
import { isEmpty, labelsOf, type Mark } from "../tasks/marks";
import type { TaskType } from "../tasks/task";
import { texts } from "../texts";
import { checks } from "../texts/checks";
import type { JudgeActions } from "./actions";
import { JudgeSmallButton } from "./JudgeButton";

const useStyles = makeStyles({
  panel: {
    width: "304px",
    flexShrink: 0,
    boxSizing: "border-box",
    minHeight: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingVerticalM,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowY: "auto",
    [BELOW]: {
      width: "auto",
      maxHeight: "30%",
      borderLeftStyle: "none",
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    },
    [NARROW]: { width: "208px", padding: tokens.spacingVerticalS },
  },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: tokens.spacingHorizontalS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  more: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, flexShrink: 0 },
});

interface JudgePanelProps {
  project: Project;
  task: TaskType;
  mark: Mark;
  recent: readonly Label[];
  isChanged: boolean;
  act: JudgeActions;
  onLabel: (label: number) => void;
}

const NO_COUNTS: ReadonlyMap<number, number> = new Map();

/** All labels, for those that are wrong: the right one, or each to be turned on or off. */
export function JudgePanel({ project, task, mark, recent, isChanged, act, onLabel }: JudgePanelProps) {
  const styles = useStyles();
  const chosen = task.isOneLabel ? undefined : new Map(labelsOf(mark).map((label) => [label, true] as const));
  const title = task.isOneLabel ? checks.rightLabel : checks.rightLabels;
  return (
    <aside className={styles.panel} aria-label={title} onMouseDown={keepFocus}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{title}</h2>
        <JudgeSmallButton action={act.search} text={texts.labeling.search} />
      </div>
      <LabelButtons
        project={project.id}
        labels={project.labels}
        recent={recent}
        counts={NO_COUNTS}
        chosen={chosen}
        onLabel={onLabel}
      />
      {act.none && act.reset && (
        <div className={styles.more}>
          <NoneButton action={act.none} chosen={isEmpty(mark)} />
          {isChanged && <JudgeSmallButton action={act.reset} />}
        </div>
      )}
    </aside>
  );
}

import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useRefreshMinutes } from "../../api/queries/me";
import { labelColor } from "../../parts/colors";
import { wholeName } from "../../parts/labelGroups";
import { Markdown } from "../../parts/Markdown";
import { saidOf } from "../../parts/opinionWords";
import { TASK_TYPES } from "../../tasks";
import { texts } from "../../texts";
import { opinionsIn, STEPS, taskTypeOf, type Step } from "./draft";
import { FolderSample } from "./FolderSample";
import { LabelFate } from "./StartLabels";
import { useFolder } from "./useFolder";
import type { StepProps } from "./stepProps";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", margin: 0 },
  row: {
    display: "grid",
    gridTemplateColumns: "160px minmax(0, 1fr) auto",
    gap: tokens.spacingHorizontalM,
    alignItems: "start",
    paddingBlock: tokens.spacingVerticalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 640px)": { gridTemplateColumns: "minmax(0, 1fr) auto" },
  },
  term: { color: tokens.colorNeutralForeground2, "@media (max-width: 640px)": { gridColumn: "1 / -1" } },
  what: {
    margin: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    minWidth: 0,
    overflowWrap: "anywhere",
  },
  labels: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS },
  label: { paddingInline: tokens.spacingHorizontalS, borderRadius: tokens.borderRadiusMedium },
});

/** All that was said, before the project is made. */
export function SummaryStep({ draft, go }: StepProps) {
  const styles = useStyles();
  const folder = useFolder(draft.dataset);
  const { dataset, instructions, assist } = draft;
  const minutes = useRefreshMinutes();
  const rows: [Step, ReactNode][] = [
    [
      "details",
      <>
        <Text>{draft.name}</Text>
        <Text size={200}>{TASK_TYPES[taskTypeOf(draft)].words.name}</Text>
      </>,
    ],
    [
      "dataset",
      <>
        <Text>{dataset.way === "select" ? dataset.selected : dataset.name}</Text>
        {folder && (
          <>
            <Text size={200}>{texts.datasets.place(folder.datastore, folder.prefix)}</Text>
            <FolderSample datastore={folder.datastore} prefix={folder.prefix} />
          </>
        )}
      </>,
    ],
    ["refresh", draft.incrementalRefresh ? texts.wizard.refreshOn(minutes) : texts.wizard.refreshOff],
    [
      "labels",
      <>
        <div className={styles.labels}>
          {draft.labels.map((label, index) => (
            <span key={label.name} className={styles.label} style={labelColor(index + 1)}>
              {wholeName(label)}
            </span>
          ))}
        </div>
        <LabelFate draft={draft} />
      </>,
    ],
    [
      "instructions",
      <>
        {instructions.text.trim() ? <Markdown>{instructions.text}</Markdown> : texts.instructions.none}
        {instructions.url.trim() && <Text size={200}>{instructions.url}</Text>}
      </>,
    ],
    [
      "assist",
      assist.mlAssist ? (
        <>
          <Text>{texts.assist.on}</Text>
          <Text size={200}>{texts.assist.orders[assist.suggestionOrder].name}</Text>
          <Text size={200}>{texts.assist.rightIn(assist.precision)}</Text>
        </>
      ) : (
        texts.assist.off
      ),
    ],
    ["opinions", saidOf(opinionsIn(draft))],
  ];
  return (
    <>
      <Text>{texts.wizard.summaryWords}</Text>
      <dl className={styles.list}>
        {rows.map(([step, what]) => (
          <div key={step} className={styles.row}>
            <dt className={styles.term}>{texts.wizard.steps[step]}</dt>
            <dd className={styles.what}>{what}</dd>
            <dd className={styles.what}>
              <Button
                size="small"
                aria-label={texts.wizard.changeOf(texts.wizard.steps[step])}
                onClick={() => go(STEPS.indexOf(step))}
              >
                {texts.wizard.change}
              </Button>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

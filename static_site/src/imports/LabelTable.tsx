import { Button, TableCell, TableRow, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Project } from "../api/types";
import { formatNumber } from "../parts/format";
import { shownPath } from "../parts/labelGroups";
import { LABEL_LIMITS } from "../parts/labelRules";
import { problemText } from "../parts/States";
import { useChange } from "../parts/useChange";
import { WideTable } from "../parts/WideTable";
import { texts } from "../texts";
import { imports } from "../texts/imports";
import { LabelChoice } from "./LabelChoice";
import { areTooMany, newFirst, openOf, withCreated, type Decision, type Decisions, type TheirLabel } from "./labels";

/** So many rows are seen at first. */
const SHOWN = 20;
/** So many the service lists at most. */
const MOST_LISTED = 500;

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  name: { overflowWrap: "anywhere", minWidth: "72px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  number: { fontVariantNumeric: "tabular-nums" },
  open: { color: tokens.colorStatusWarningForeground3 },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  more: { alignSelf: "flex-start" },
});

interface LabelTableProps {
  project: Project;
  labels: readonly TheirLabel[];
  decisions: Decisions;
  canCreate: boolean;
  /** They are folders of the images. */
  areFolders: boolean;
  onDecide: (decisions: Decisions) => void;
}

/** What becomes of each label of the file: the same here, a new one, another one, or none. */
export function LabelTable({ project, labels, decisions, canCreate, areFolders, onDecide }: LabelTableProps) {
  const styles = useStyles();
  const [isWhole, setWhole] = useState(false);
  const change = useChange(project);
  const { create, ask } = openOf(labels, decisions, canCreate);
  const tooMany = areTooMany(project.labels, create);
  const decide = (name: string, decision: Decision | null) => {
    const rest = Object.fromEntries(Object.entries(decisions).filter(([other]) => other !== name));
    onDecide(decision ? { ...rest, [name]: decision } : rest);
  };
  const ordered = newFirst(labels, project.labels, decisions);
  const shown = isWhole ? ordered : ordered.slice(0, SHOWN);
  return (
    <div className={styles.whole}>
      <WideTable
        label={imports.labels}
        size="small"
        narrow
        columns={[
          ...(areFolders ? [imports.columns.folder, imports.columns.images] : [imports.columns.name, imports.columns.lines]),
          imports.columns.here,
        ]}
      >
        {shown.map((label) => (
          <TableRow key={label.name}>
            <TableCell className={styles.name}>
              {label.group && <span className={styles.quiet}>{shownPath(label.group)} › </span>}
              {label.name}
            </TableCell>
            <TableCell className={styles.number}>{formatNumber(label.count)}</TableCell>
            <TableCell>
              <LabelChoice
                label={label}
                there={project.labels}
                decisions={decisions}
                canCreate={canCreate}
                onDecide={(decision) => decide(label.name, decision)}
              />
            </TableCell>
          </TableRow>
        ))}
      </WideTable>
      {labels.length > SHOWN && (
        <Button className={styles.more} size="small" onClick={() => setWhole(!isWhole)}>
          {isWhole ? texts.common.showFirst(SHOWN) : texts.common.showAll(labels.length)}
        </Button>
      )}
      {labels.length === MOST_LISTED && <Text className={styles.quiet}>{imports.mostFrequent(MOST_LISTED)}</Text>}
      {!canCreate && labels.some(({ known }) => known === null) && (
        <Text className={styles.quiet}>{imports.notYours}</Text>
      )}
      {ask.length > 0 && <Text className={styles.open}>{imports.decide(ask.length)}</Text>}
      {create.length > 0 && (
        <div className={styles.line}>
          <Text className={styles.open}>
            {tooMany ? imports.tooManyLabels(LABEL_LIMITS.most) : imports.createFirst(create.length)}
          </Text>
          <Button
            size="small"
            appearance="primary"
            disabled={tooMany || change.isPending}
            onClick={() => change.mutate((now) => ({ labels: withCreated(now.labels, create) }))}
          >
            {imports.createAll(create.length)}
          </Button>
          <Button
            size="small"
            onClick={() =>
              onDecide({ ...decisions, ...Object.fromEntries(create.map(({ name }) => [name, { kind: "out" } as const])) })
            }
          >
            {imports.leaveOutAll(create.length)}
          </Button>
        </div>
      )}
      {change.isError && (
        <Text role="alert" className={styles.open}>
          {problemText(change.error)}
        </Text>
      )}
    </div>
  );
}

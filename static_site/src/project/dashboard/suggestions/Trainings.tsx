import { Button, TableCell, TableRow, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { useTrainings } from "../../../api/queries/runs";
import type { Training } from "../../../api/types";
import { formatDateTime, formatNumber, formatShare } from "../../../parts/format";
import { RunBadge } from "../../../parts/RunBadge";
import { Section } from "../../../parts/Section";
import { Took } from "../../../parts/Took";
import { WideTable } from "../../../parts/WideTable";
import { texts } from "../../../texts";
import * as dashboardTexts from "../../../texts/dashboard";

const useStyles = makeStyles({
  number: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  detail: { overflowWrap: "anywhere" },
  failed: { color: tokens.colorStatusDangerForeground3 },
  more: { alignSelf: "flex-start" },
});

const share = (value: number | null): string => (value === null ? texts.trainings.nothing : formatShare(value, 1));

function Row({ training }: { training: Training }) {
  const styles = useStyles();
  const { status, startedAt, detail } = training;
  const figures = [formatNumber(training.labels), share(training.right), share(training.sureShare)];
  return (
    <TableRow>
      <TableCell>{startedAt && formatDateTime(startedAt)}</TableCell>
      <TableCell className={styles.number}>
        <Took run={training} />
      </TableCell>
      <TableCell>
        <RunBadge status={status} turning />
      </TableCell>
      {status === "completed" ? (
        figures.map((figure, index) => (
          <TableCell key={texts.trainings.figures[index]} className={styles.number}>
            {figure}
          </TableCell>
        ))
      ) : (
        <TableCell
          colSpan={figures.length}
          className={mergeClasses(styles.detail, status === "failed" && styles.failed)}
        >
          {detail}
        </TableCell>
      )}
    </TableRow>
  );
}

interface TrainingsProps {
  query: ReturnType<typeof useTrainings>;
  trainings: readonly Training[];
}

/** When it was learned, from how much, and what it came to. */
export function Trainings({ query, trainings }: TrainingsProps) {
  const styles = useStyles();
  const columns = [dashboardTexts.refreshes.started, dashboardTexts.refreshes.took, texts.common.status, ...texts.trainings.figures];
  return (
    <Section title={texts.trainings.title}>
      <WideTable size="small" label={texts.trainings.title} columns={columns}>
        {trainings.map((training) => (
          <Row key={training.id} training={training} />
        ))}
      </WideTable>
      {query.hasNextPage && (
        <Button
          size="small"
          className={styles.more}
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {texts.trainings.more}
        </Button>
      )}
    </Section>
  );
}

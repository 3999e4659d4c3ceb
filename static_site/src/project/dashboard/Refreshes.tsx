import {
  Button,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { ArrowSyncRegular } from "@fluentui/react-icons";
import { useRefreshMinutes } from "../../api/queries/me";
import { useRefreshes } from "../../api/queries/runs";
import type { Project, Refresh } from "../../api/types";
import { formatDateTime, formatNumber } from "../../parts/format";
import { RunBadge } from "../../parts/RunBadge";
import { Section } from "../../parts/Section";
import { Loaded, Trouble } from "../../parts/States";
import { Took } from "../../parts/Took";
import { useRefreshNow } from "../../parts/useRefreshNow";
import { texts } from "../../texts";
import * as dashboardTexts from "../../texts/dashboard";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  scroll: { overflowX: "auto" },
  table: {
    minWidth: "584px",
    // As wide as what is in them: a count may be one digit or a million.
    tableLayout: "auto",
    "@media (max-width: 900px)": {
      "& th, & td": { paddingInline: tokens.spacingHorizontalXS, fontSize: tokens.fontSizeBase200 },
    },
  },
  number: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  error: { color: tokens.colorStatusDangerForeground3, overflowWrap: "anywhere" },
});

const COUNTS = ["found", "added", "changed", "missing", "back", "passedOver"] as const;

function Row({ run }: { run: Refresh }) {
  const styles = useStyles();
  return (
    <TableRow>
      <TableCell>{run.startedAt ? formatDateTime(run.startedAt) : ""}</TableCell>
      <TableCell className={styles.number}>
        <Took run={run} />
      </TableCell>
      <TableCell>
        <RunBadge status={run.status} turning />
      </TableCell>
      {run.error ? (
        <TableCell colSpan={COUNTS.length} className={styles.error}>
          {run.error}
        </TableCell>
      ) : (
        COUNTS.map((count) => (
          <TableCell key={count} className={styles.number}>
            {formatNumber(run[count])}
          </TableCell>
        ))
      )}
    </TableRow>
  );
}

function aboutRefreshes(project: Project, minutes: number): string {
  if (!project.incrementalRefresh) return dashboardTexts.refreshes.off;
  return project.status === "paused" ? dashboardTexts.refreshes.paused : dashboardTexts.refreshes.on(minutes);
}

export function Refreshes({ project }: { project: Project }) {
  const styles = useStyles();
  const refreshes = useRefreshes(project.id, true);
  const refresh = useRefreshNow(project.id);
  return (
    <Section
      title={dashboardTexts.refreshes.title}
      action={
        <Button icon={<ArrowSyncRegular />} disabled={refresh.isPending} onClick={() => refresh.mutate()}>
          {dashboardTexts.refreshes.now}
        </Button>
      }
    >
      <Text className={styles.quiet}>{aboutRefreshes(project, useRefreshMinutes())}</Text>
      {refresh.isError && <Trouble error={refresh.error} />}
      <Loaded query={refreshes}>
        {(page) =>
          page.items.length === 0 ? (
            <Text className={styles.quiet}>{dashboardTexts.refreshes.none}</Text>
          ) : (
            <div className={styles.scroll} tabIndex={0} role="group" aria-label={dashboardTexts.refreshes.title}>
              <Table size="small" className={styles.table} aria-label={dashboardTexts.refreshes.title}>
                <TableHeader>
                  <TableRow>
                    <TableHeaderCell>{dashboardTexts.refreshes.started}</TableHeaderCell>
                    <TableHeaderCell>{dashboardTexts.refreshes.took}</TableHeaderCell>
                    <TableHeaderCell>{texts.common.status}</TableHeaderCell>
                    {COUNTS.map((count) => (
                      <TableHeaderCell key={count}>{dashboardTexts.refreshes[count]}</TableHeaderCell>
                    ))}
                  </TableRow>
                </TableHeader>
                <TableBody>
                  {page.items.map((run) => (
                    <Row key={run.id} run={run} />
                  ))}
                </TableBody>
              </Table>
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}

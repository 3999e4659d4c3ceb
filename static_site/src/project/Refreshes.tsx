import {
  Badge,
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
import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { useRefreshes } from "../api/queries";
import { queryClient } from "../api/queryClient";
import type { Project, Refresh } from "../api/types";
import { formatDateTime, formatNumber } from "../parts/format";
import { RUN_COLORS } from "../parts/runs";
import { Section } from "../parts/Section";
import { Loaded, Trouble } from "../parts/States";
import { texts } from "../texts";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  when: { width: "190px" },
  error: { color: tokens.colorStatusDangerForeground1 },
});

const COUNTS = ["found", "added", "changed", "missing", "passedOver"] as const;

function Row({ run }: { run: Refresh }) {
  const styles = useStyles();
  return (
    <TableRow>
      <TableCell>{run.startedAt ? formatDateTime(run.startedAt) : ""}</TableCell>
      <TableCell>
        <Badge appearance="tint" color={RUN_COLORS[run.status]}>
          {texts.runs[run.status]}
        </Badge>
      </TableCell>
      {run.error ? (
        <TableCell colSpan={COUNTS.length} className={styles.error}>
          {run.error}
        </TableCell>
      ) : (
        COUNTS.map((count) => <TableCell key={count}>{formatNumber(run[count])}</TableCell>)
      )}
    </TableRow>
  );
}

export function Refreshes({ project }: { project: Project }) {
  const styles = useStyles();
  const refreshes = useRefreshes(project.id, true);
  const refresh = useMutation({
    mutationFn: () =>
      ok(api.POST("/api/projects/{project_id}/refreshes", { params: { path: { project_id: project.id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["project", project.id, "refreshes"] }),
  });
  return (
    <Section
      title={texts.refreshes.title}
      action={
        <Button icon={<ArrowSyncRegular />} disabled={refresh.isPending} onClick={() => refresh.mutate()}>
          {texts.refreshes.now}
        </Button>
      }
    >
      <Text className={styles.quiet}>{project.incrementalRefresh ? texts.refreshes.on : texts.refreshes.off}</Text>
      {refresh.isError && <Trouble error={refresh.error} />}
      <Loaded query={refreshes}>
        {(page) =>
          page.items.length === 0 ? (
            <Text className={styles.quiet}>{texts.refreshes.none}</Text>
          ) : (
            <Table size="small" aria-label={texts.refreshes.title}>
              <TableHeader>
                <TableRow>
                  <TableHeaderCell className={styles.when}>{texts.refreshes.started}</TableHeaderCell>
                  <TableHeaderCell>{texts.common.status}</TableHeaderCell>
                  {COUNTS.map((count) => (
                    <TableHeaderCell key={count}>{texts.refreshes[count]}</TableHeaderCell>
                  ))}
                </TableRow>
              </TableHeader>
              <TableBody>
                {page.items.map((run) => (
                  <Row key={run.id} run={run} />
                ))}
              </TableBody>
            </Table>
          )
        }
      </Loaded>
    </Section>
  );
}

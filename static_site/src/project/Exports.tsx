import { Button, Card, ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { exportsQuery, isUnderway, useExports } from "../api/queries/runs";
import { askAgain } from "../api/queryClient";
import type { Export, Project } from "../api/types";
import { Downloads } from "../parts/Downloads";
import { FormDialog } from "../parts/FormDialog";
import { formatDateTime, formatNumber } from "../parts/format";
import { RunBadge } from "../parts/RunBadge";
import { Loaded } from "../parts/States";
import { PLAIN_LIST } from "./plainList";
import { taskOf } from "../tasks";
import { texts } from "../texts";
import { exports, formats } from "../texts/exports";
import { ExportRecord } from "./ExportRecord";
import { NewExport } from "./NewExport";
import { Snippet } from "./Snippet";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { ...PLAIN_LIST, gap: tokens.spacingVerticalM },
  one: { gap: tokens.spacingVerticalS },
  head: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalM, flexWrap: "wrap" },
  name: { overflowWrap: "anywhere" },
  remove: { marginLeft: "auto" },
});

function One({ one, isOneLabel, onDelete }: { one: Export; isOneLabel: boolean; onDelete: () => void }) {
  const styles = useStyles();
  const underway = isUnderway(one);
  return (
    <li>
      <Card className={styles.one} aria-label={one.name}>
        <div className={styles.head}>
          <Text weight="semibold" className={styles.name}>
            {one.name}
          </Text>
          <RunBadge status={one.status} />
          <Text size={200} className={styles.quiet}>
            {formats[one.format].name}
          </Text>
          <Text size={200} className={styles.quiet}>
            {one.startedAt && formatDateTime(one.startedAt)}
          </Text>
          {(one.status === "completed" || one.status === "running") && (
            <Text size={200} className={styles.quiet}>
              {exports.images(formatNumber(one.images))}
            </Text>
          )}
          {one.ahead > 0 && (
            <Text size={200} className={styles.quiet}>
              {exports.ahead(one.ahead)}
            </Text>
          )}
          <Button
            className={styles.remove}
            appearance="subtle"
            icon={<DeleteRegular />}
            aria-label={underway ? exports.stop(one.name) : exports.remove(one.name)}
            onClick={onDelete}
          />
        </div>
        {underway && (
          <ProgressBar
            thickness="large"
            value={one.status === "queued" ? undefined : one.progress}
            aria-label={exports.progress}
          />
        )}
        {one.error && <Text>{one.error}</Text>}
        {one.status === "completed" && <ExportRecord one={one} isOneLabel={isOneLabel} />}
        <Downloads files={one.files} />
        {one.status === "completed" && one.files.length > 0 && <Snippet one={one} isOneLabel={isOneLabel} />}
      </Card>
    </li>
  );
}

export function Exports({ project }: { project: Project }) {
  const styles = useStyles();
  const query = useExports(project.id);
  const { isOneLabel } = taskOf(project);
  const [doomed, setDoomed] = useState<Export | null>(null);
  const remove = useMutation({
    mutationFn: (exportId: string) =>
      ok(
        api.DELETE("/api/projects/{project_id}/exports/{export_id}", {
          params: { path: { project_id: project.id, export_id: exportId } },
        }),
      ),
    onSuccess: async () => {
      await askAgain(exportsQuery(project.id));
      setDoomed(null);
    },
  });
  return (
    <div className={styles.whole}>
      <NewExport project={project} />
      <Loaded query={query}>
        {(all) =>
          all.length === 0 ? (
            <Text className={styles.quiet}>{exports.none}</Text>
          ) : (
            <ul className={styles.list} aria-label={exports.history} aria-live="polite">
              {all.map((one) => (
                <One key={one.id} one={one} isOneLabel={isOneLabel} onDelete={() => setDoomed(one)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {doomed && (
        <FormDialog
          title={exports.deleteTitle}
          button={texts.common.delete}
          danger
          pending={remove.isPending}
          error={remove.error}
          onSubmit={() => remove.mutate(doomed.id)}
          onClose={() => {
            setDoomed(null);
            remove.reset();
          }}
        >
          <Text>{exports.deleteWords}</Text>
        </FormDialog>
      )}
    </div>
  );
}

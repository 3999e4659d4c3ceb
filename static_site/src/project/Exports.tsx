import {
  Badge,
  Button,
  Card,
  ProgressBar,
  Radio,
  RadioGroup,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { isUnderway, useExports } from "../api/queries";
import { queryClient } from "../api/queryClient";
import type { Export, ExportFormat, Project } from "../api/types";
import { Downloads } from "../parts/Downloads";
import { FormDialog } from "../parts/FormDialog";
import { formatDateTime, formatNumber } from "../parts/format";
import { RUN_COLORS } from "../parts/runs";
import { Section } from "../parts/Section";
import { Loaded, Trouble } from "../parts/States";
import { texts } from "../texts";

const FORMATS: ExportFormat[] = ["coco", "azureml", "csv"];

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  choice: { display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
  start: { alignSelf: "flex-start" },
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  one: { gap: tokens.spacingVerticalS },
  head: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalM, flexWrap: "wrap" },
  remove: { marginLeft: "auto" },
});

function One({ project, one, onDelete }: { project: Project; one: Export; onDelete: () => void }) {
  const styles = useStyles();
  const underway = isUnderway(one);
  return (
    <li>
      <Card className={styles.one} aria-label={texts.exports.one(texts.formats[one.format].name, project.name)}>
        <div className={styles.head}>
          <Text weight="semibold">{texts.formats[one.format].name}</Text>
          <Badge appearance="tint" color={RUN_COLORS[one.status]}>
            {texts.runs[one.status]}
          </Badge>
          <Text size={200} className={styles.quiet}>
            {one.startedAt && formatDateTime(one.startedAt)}
          </Text>
          {one.status === "completed" && (
            <Text size={200} className={styles.quiet}>
              {texts.exports.images(formatNumber(one.images))}
            </Text>
          )}
          {!underway && (
            <Button
              className={styles.remove}
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={texts.exports.remove(texts.formats[one.format].name)}
              onClick={onDelete}
            />
          )}
        </div>
        {underway && (
          <ProgressBar
            thickness="large"
            value={one.status === "queued" ? undefined : one.progress}
            aria-label={texts.exports.progress}
          />
        )}
        {one.error && <Text>{one.error}</Text>}
        <Downloads files={one.files} />
      </Card>
    </li>
  );
}

function NewExport({ project }: { project: Project }) {
  const styles = useStyles();
  const [format, setFormat] = useState<ExportFormat>("coco");
  const start = useMutation({
    mutationFn: () =>
      ok(
        api.POST("/api/projects/{project_id}/exports", {
          params: { path: { project_id: project.id } },
          body: { format },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["project", project.id, "exports"] }),
  });
  return (
    <Section title={texts.exports.title}>
      <Text className={styles.quiet}>{texts.exports.words}</Text>
      <RadioGroup
        aria-label={texts.exports.format}
        value={format}
        onChange={(_, data) => setFormat(data.value as ExportFormat)}
      >
        {FORMATS.map((one) => (
          <Radio
            key={one}
            value={one}
            label={
              <span className={styles.choice}>
                <span>{texts.formats[one].name}</span>
                <Text size={200} className={styles.quiet}>
                  {texts.formats[one].readers}
                </Text>
              </span>
            }
          />
        ))}
      </RadioGroup>
      <Button className={styles.start} appearance="primary" disabled={start.isPending} onClick={() => start.mutate()}>
        {texts.exports.start}
      </Button>
      {start.isError && <Trouble error={start.error} />}
    </Section>
  );
}

export function Exports({ project }: { project: Project }) {
  const styles = useStyles();
  const exports = useExports(project.id);
  const [doomed, setDoomed] = useState<Export | null>(null);
  const remove = useMutation({
    mutationFn: (exportId: string) =>
      ok(
        api.DELETE("/api/projects/{project_id}/exports/{export_id}", {
          params: { path: { project_id: project.id, export_id: exportId } },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["project", project.id, "exports"] });
      setDoomed(null);
    },
  });
  return (
    <div className={styles.whole}>
      <NewExport project={project} />
      <Loaded query={exports}>
        {(all) =>
          all.length === 0 ? (
            <Text className={styles.quiet}>{texts.exports.none}</Text>
          ) : (
            <ul className={styles.list} aria-label={texts.exports.history} aria-live="polite">
              {all.map((one) => (
                <One key={one.id} project={project} one={one} onDelete={() => setDoomed(one)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {doomed && (
        <FormDialog
          title={texts.exports.deleteTitle}
          button={texts.common.delete}
          danger
          pending={remove.isPending}
          error={remove.error}
          onSubmit={() => remove.mutate(doomed.id)}
          onClose={() => setDoomed(null)}
        >
          <Text>{texts.exports.deleteWords}</Text>
        </FormDialog>
      )}
    </div>
  );
}

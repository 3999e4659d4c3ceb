import { Button, Field, Input, Radio, RadioGroup, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api, ok } from "../api/client";
import { exportsQuery } from "../api/queries/runs";
import { askAgain } from "../api/queryClient";
import type { ExportFormat, Project } from "../api/types";
import { Section } from "../parts/Section";
import { Trouble } from "../parts/States";
import { useKept } from "../parts/useKept";
import { taskOf } from "../tasks";
import { exports, formats } from "../texts/exports";
import { ExportOptions } from "./ExportOptions";
import { EMPTY_DRAFT, formatsFor, holdsFeatures, isComplete, requestOf } from "./exportDraft";

const useStyles = makeStyles({
  choices: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(340px, 100%), 1fr))",
    columnGap: tokens.spacingHorizontalL,
  },
  choice: { display: "flex", flexDirection: "column" },
  name: { maxWidth: "480px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  start: { alignSelf: "flex-start" },
  options: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
});

export function NewExport({ project }: { project: Project }) {
  const styles = useStyles();
  const [kept, setDraft] = useKept(`export|${project.id}`, EMPTY_DRAFT);
  const draft = kept ?? EMPTY_DRAFT;
  const [open, setOpen] = useState(false);
  const options = useId();
  const start = useMutation({
    mutationFn: () =>
      ok(
        api.POST("/api/projects/{project_id}/exports", {
          params: { path: { project_id: project.id } },
          body: requestOf(draft),
        }),
      ),
    onSuccess: () => {
      setDraft({ ...draft, name: "" });
      return askAgain(exportsQuery(project.id));
    },
  });
  return (
    <Section title={exports.title}>
      <Text className={styles.quiet}>{exports.words}</Text>
      <RadioGroup
        className={styles.choices}
        aria-label={exports.format}
        value={draft.format}
        onChange={(_, data) => setDraft({ ...draft, format: data.value as ExportFormat })}
      >
        {formatsFor(taskOf(project)).map((one) => (
          <Radio
            key={one}
            value={one}
            disabled={holdsFeatures(one) && !project.mlAssist}
            label={
              <span className={styles.choice}>
                <span>{formats[one].name}</span>
                <Text size={200} className={styles.quiet}>
                  {formats[one].readers}
                </Text>
                {holdsFeatures(one) && !project.mlAssist && (
                  <Text size={200} className={styles.quiet}>
                    {exports.needsSuggestions}
                  </Text>
                )}
              </span>
            }
          />
        ))}
      </RadioGroup>
      <Field className={styles.name} label={exports.name} hint={exports.nameHint}>
        <Input
          value={draft.name}
          maxLength={200}
          placeholder={exports.nameExample(project.name, draft.format)}
          onChange={(_, data) => setDraft({ ...draft, name: data.value })}
        />
      </Field>
      <Button
        className={styles.start}
        appearance="subtle"
        icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={open}
        aria-controls={open ? options : undefined}
        onClick={() => setOpen(!open)}
      >
        {exports.options}
      </Button>
      {open && (
        <div id={options} className={styles.options}>
          <ExportOptions project={project} draft={draft} onChange={setDraft} />
        </div>
      )}
      <Button
        className={styles.start}
        appearance="primary"
        disabled={start.isPending || !isComplete(draft)}
        onClick={() => start.mutate()}
      >
        {exports.start}
      </Button>
      {start.isError && <Trouble error={start.error} />}
    </Section>
  );
}

import { Button, Checkbox, Field, Input, SpinButton, Text, makeStyles } from "@fluentui/react-components";
import { PauseRegular, PlayRegular } from "@fluentui/react-icons";
import { useRefreshMinutes } from "../../api/queries/me";
import type { Project } from "../../api/types";
import { FieldClashes, type FieldWords } from "../../parts/Clashes";
import { fieldMessage, unplaced } from "../../parts/fields";
import { SaveBar } from "../../parts/SaveBar";
import { Section } from "../../parts/Section";
import { Trouble } from "../../parts/States";
import { texts } from "../../texts";
import { labelers } from "../../texts/labelers";
import { useChange } from "../../parts/useChange";
import { useProjectDraft } from "./useProjectDraft";

const LEASE = { fewest: 1, most: 1440 };

type Settings = Pick<Project, "name" | "incrementalRefresh" | "leaseMinutes" | "labelersSeeFigures">;

const SETTINGS = {
  name: "settings",
  savedOf: ({ name, incrementalRefresh, leaseMinutes, labelersSeeFigures }: Project): Settings => ({
    name,
    incrementalRefresh,
    leaseMinutes,
    labelersSeeFigures,
  }),
  tidy: (value: Settings): Settings => ({ ...value, name: value.name.trim() }),
  toChange: (changes: Partial<Settings>) => changes,
};

const FIELDS: FieldWords<Settings> = {
  name: [texts.wizard.name, String],
  incrementalRefresh: [texts.wizard.refreshBox, texts.clashes.onOff],
  leaseMinutes: [texts.details.leaseMinutes, String],
  labelersSeeFigures: [labelers.see, texts.clashes.onOff],
};

const useStyles = makeStyles({
  short: { maxWidth: "240px" },
});

export function SettingsSection({ project }: { project: Project }) {
  const styles = useStyles();
  const change = useChange(project);
  const draft = useProjectDraft(project, SETTINGS);
  const { edit } = draft;
  const { name, incrementalRefresh, leaseMinutes, labelersSeeFigures } = draft.value;
  const paused = project.status === "paused";
  const unsaid = unplaced(draft.error ?? change.error, "name", "leaseMinutes");
  return (
    <Section
      title={texts.details.settings}
      action={
        (paused || project.status === "created") && (
          <Button
            icon={paused ? <PlayRegular /> : <PauseRegular />}
            disabled={change.isPending}
            onClick={() => change.mutate(() => ({ status: paused ? "created" : "paused" }))}
          >
            {paused ? texts.details.resume : texts.details.pause}
          </Button>
        )
      }
    >
      <Field
        label={texts.wizard.name}
        required
        validationMessage={name.trim() ? fieldMessage(draft.error, "name") : texts.wizard.nameMissing}
      >
        <Input value={name} maxLength={100} onChange={(_, data) => edit({ name: data.value })} />
      </Field>
      <Field hint={texts.wizard.refreshHint(useRefreshMinutes())}>
        <Checkbox
          label={texts.wizard.refreshBox}
          checked={incrementalRefresh}
          onChange={(_, data) => edit({ incrementalRefresh: data.checked === true })}
        />
      </Field>
      <Field
        className={styles.short}
        label={texts.details.leaseMinutes}
        hint={texts.details.leaseHint}
        validationMessage={fieldMessage(draft.error, "leaseMinutes")}
      >
        <SpinButton
          min={LEASE.fewest}
          max={LEASE.most}
          value={leaseMinutes}
          onChange={(_, data) => {
            const typed = data.value ?? Number(data.displayValue);
            if (Number.isInteger(typed))
              edit({ leaseMinutes: Math.min(Math.max(typed, LEASE.fewest), LEASE.most) });
          }}
        />
      </Field>
      <Field hint={labelers.seeHint}>
        <Checkbox
          label={labelers.see}
          checked={labelersSeeFigures}
          onChange={(_, data) => edit({ labelersSeeFigures: data.checked === true })}
        />
      </Field>
      {paused && <Text>{texts.details.pausedWords}</Text>}
      {unsaid !== null && <Trouble error={unsaid} />}
      <FieldClashes draft={draft} fields={FIELDS} />
      <SaveBar
        button={texts.common.save}
        changed={draft.changed}
        ready={name.trim() !== "" && draft.clashes.length === 0}
        pending={draft.pending}
        onSave={() => draft.save()}
        onDiscard={draft.discard}
      />
    </Section>
  );
}

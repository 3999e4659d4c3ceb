import { Button, Checkbox, Field, Input, SpinButton, Text, makeStyles } from "@fluentui/react-components";
import { PauseRegular, PlayRegular } from "@fluentui/react-icons";
import type { Project } from "../../api/types";
import { fieldMessage, unplaced } from "../../parts/fields";
import { SaveBar } from "../../parts/SaveBar";
import { Section } from "../../parts/Section";
import { Trouble } from "../../parts/States";
import { useKept } from "../../parts/useKept";
import { texts } from "../../texts";
import { useChange } from "../useChange";

const LEASE = { fewest: 1, most: 1440 };

const useStyles = makeStyles({
  short: { maxWidth: "240px" },
});

export function SettingsSection({ project }: { project: Project }) {
  const styles = useStyles();
  const change = useChange(project);
  const stored = {
    name: project.name,
    incrementalRefresh: project.incrementalRefresh,
    leaseMinutes: project.leaseMinutes,
  };
  const [kept, keep] = useKept(`settings|${project.id}`, stored);
  const edited = kept ?? stored;
  const { name, incrementalRefresh, leaseMinutes } = edited;
  const edit = (changed: Partial<typeof stored>) => keep({ ...edited, ...changed });
  const paused = project.status === "paused";
  const changed =
    name.trim() !== stored.name ||
    incrementalRefresh !== stored.incrementalRefresh ||
    leaseMinutes !== stored.leaseMinutes;
  const unsaid = unplaced(change.error, "name", "leaseMinutes");
  return (
    <Section
      title={texts.details.settings}
      action={
        (paused || project.status === "created") && (
          <Button
            icon={paused ? <PlayRegular /> : <PauseRegular />}
            disabled={change.isPending}
            onClick={() => change.mutate({ status: paused ? "created" : "paused" })}
          >
            {paused ? texts.details.resume : texts.details.pause}
          </Button>
        )
      }
    >
      <Field
        label={texts.wizard.name}
        required
        validationMessage={name.trim() ? fieldMessage(change.error, "name") : texts.wizard.nameMissing}
      >
        <Input value={name} maxLength={100} onChange={(_, data) => edit({ name: data.value })} />
      </Field>
      <Field hint={texts.wizard.refreshHint}>
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
        validationMessage={fieldMessage(change.error, "leaseMinutes")}
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
      {paused && <Text>{texts.details.pausedWords}</Text>}
      {unsaid !== null && <Trouble error={unsaid} />}
      <SaveBar
        button={texts.common.save}
        changed={changed}
        ready={name.trim() !== ""}
        pending={change.isPending}
        onSave={() =>
          change.mutate({ name: name.trim(), incrementalRefresh, leaseMinutes }, { onSuccess: () => keep(null) })
        }
        onDiscard={() => keep(null)}
      />
    </Section>
  );
}

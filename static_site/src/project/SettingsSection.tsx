import { Button, Checkbox, Field, Input, SpinButton, Text, makeStyles, tokens } from "@fluentui/react-components";
import { PauseRegular, PlayRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { Project } from "../api/types";
import { fieldMessage } from "../parts/fields";
import { Section } from "../parts/Section";
import { Trouble } from "../parts/States";
import { texts } from "../texts";
import { useChange } from "./useChange";

const LEASE = { fewest: 1, most: 1440 };

const useStyles = makeStyles({
  buttons: { display: "flex", gap: tokens.spacingHorizontalS },
  short: { maxWidth: "240px" },
});

export function SettingsSection({ project }: { project: Project }) {
  const styles = useStyles();
  const change = useChange(project);
  const [name, setName] = useState(project.name);
  const [incrementalRefresh, setIncrementalRefresh] = useState(project.incrementalRefresh);
  const [leaseMinutes, setLeaseMinutes] = useState(project.leaseMinutes);
  const paused = project.status === "paused";
  const changed =
    name.trim() !== project.name ||
    incrementalRefresh !== project.incrementalRefresh ||
    leaseMinutes !== project.leaseMinutes;
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
        <Input value={name} maxLength={100} onChange={(_, data) => setName(data.value)} />
      </Field>
      <Field hint={texts.wizard.refreshHint}>
        <Checkbox
          label={texts.wizard.refreshBox}
          checked={incrementalRefresh}
          onChange={(_, data) => setIncrementalRefresh(data.checked === true)}
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
            if (Number.isInteger(typed)) setLeaseMinutes(Math.min(Math.max(typed, LEASE.fewest), LEASE.most));
          }}
        />
      </Field>
      {paused && <Text>{texts.details.pausedWords}</Text>}
      {change.isError && <Trouble error={change.error} />}
      <div className={styles.buttons}>
        <Button
          appearance="primary"
          disabled={!changed || !name.trim() || change.isPending}
          onClick={() => change.mutate({ name: name.trim(), incrementalRefresh, leaseMinutes })}
        >
          {texts.common.save}
        </Button>
      </div>
    </Section>
  );
}

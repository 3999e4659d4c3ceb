import { Button, Card, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, isProblem, ok } from "../../api/client";
import { useDatasets, useProjects } from "../../api/queries";
import { queryClient } from "../../api/queryClient";
import { unplaced } from "../../parts/fields";
import { Page } from "../../parts/Page";
import { Trouble } from "../../parts/States";
import { texts } from "../../texts";
import { DatasetStep } from "./DatasetStep";
import {
  emptyDraft,
  mistakesOf,
  stepOfField,
  STEPS,
  toNewProject,
  type Draft,
  type Step,
  type TakenNames,
} from "./draft";
import { LabelsStep } from "./LabelsStep";
import { AssistStep, DetailsStep, InstructionsStep, RefreshStep } from "./PlainSteps";
import { StepList } from "./StepList";
import type { StepProps } from "./stepProps";

const useStyles = makeStyles({
  whole: {
    display: "grid",
    gridTemplateColumns: "232px minmax(0, 1fr)",
    gap: tokens.spacingHorizontalXXL,
    alignItems: "start",
  },
  card: { padding: tokens.spacingVerticalXXL, gap: tokens.spacingVerticalXL, minHeight: "440px" },
  form: { flex: 1, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXL, maxWidth: "760px" },
  heading: { margin: 0 },
  buttons: { display: "flex", gap: tokens.spacingHorizontalS, marginTop: "auto" },
  cancel: { marginLeft: "auto" },
});

const BODIES: Record<Step, (props: StepProps) => React.ReactNode> = {
  details: DetailsStep,
  dataset: DatasetStep,
  refresh: RefreshStep,
  labels: LabelsStep,
  instructions: InstructionsStep,
  assist: AssistStep,
};

/** What the server may complain about, and which step says so at the field itself. */
const FIELDS: Record<Step, string[]> = {
  details: ["name"],
  dataset: ["dataset"],
  refresh: [],
  labels: ["labels"],
  instructions: ["instructions"],
  assist: [],
};

function useTakenNames(): TakenNames {
  const projects = useProjects().data ?? [];
  const datasets = useDatasets().data ?? [];
  const lower = (named: readonly { name: string }[]) => new Set(named.map((one) => one.name.toLowerCase()));
  return { projects: lower(projects), datasets: lower(datasets.filter((one) => one.kind === "source")) };
}

export default function Wizard() {
  const styles = useStyles();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(emptyDraft);
  const [at, setAt] = useState(0);
  const [reached, setReached] = useState(0);
  const [shown, setShown] = useState<ReadonlySet<Step>>(new Set());
  const [busy, setBusy] = useState(false);
  const step = STEPS[at] ?? "details";
  const taken = useTakenNames();
  const mistakes = mistakesOf(draft, step, taken);
  const last = at === STEPS.length - 1;

  const create = useMutation({
    mutationFn: () => ok(api.POST("/api/projects", { body: toNewProject(draft) })),
    onSuccess: async (project) => {
      await queryClient.invalidateQueries({ queryKey: ["projects"] });
      await navigate(`/projects/${project.id}`);
    },
    onError: (error) => {
      const field = isProblem(error) ? error.errors[0]?.field : undefined;
      const wrong = field === undefined ? undefined : stepOfField(field);
      if (wrong) setAt(STEPS.indexOf(wrong));
    },
  });

  const change = (changed: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...changed }));
    if (create.isError) create.reset();
  };
  const next = () => {
    const asked = last ? STEPS : [step];
    const wrong = asked.find((one) => Object.keys(mistakesOf(draft, one, taken)).length > 0);
    if (wrong) {
      setShown(new Set([...shown, wrong]));
      setAt(STEPS.indexOf(wrong));
    } else if (last) {
      create.mutate();
    } else {
      setAt(at + 1);
      setReached(Math.max(reached, at + 1));
    }
  };
  const Body = BODIES[step];
  const unsaid = unplaced(create.error, ...FIELDS[step]);

  return (
    <Page title={texts.wizard.title}>
      <div className={styles.whole}>
        <StepList at={at} reached={reached} disabled={busy} onGo={setAt} />
        <Card className={styles.card}>
          <Text as="h2" size={500} weight="semibold" className={styles.heading}>
            {texts.wizard.steps[step]}
          </Text>
          {unsaid !== null && <Trouble error={unsaid} />}
          <form
            noValidate
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              next();
            }}
          >
            <Body
              draft={draft}
              change={change}
              mistakes={shown.has(step) ? mistakes : {}}
              refusal={create.error}
              setBusy={setBusy}
            />
            <div className={styles.buttons}>
              <Button disabled={at === 0 || create.isPending || busy} onClick={() => setAt(at - 1)}>
                {texts.wizard.back}
              </Button>
              <Button type="submit" appearance="primary" disabled={create.isPending || busy}>
                {last ? texts.wizard.create : texts.wizard.next}
              </Button>
              <Button className={styles.cancel} appearance="subtle" onClick={() => void navigate("/projects")}>
                {texts.common.cancel}
              </Button>
            </div>
          </form>
        </Card>
      </div>
    </Page>
  );
}

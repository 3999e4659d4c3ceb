import { Button, Card, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { unplaced } from "../../parts/fields";
import { LinkButton } from "../../parts/LinkButton";
import { Page } from "../../parts/Page";
import { Trouble } from "../../parts/States";
import { texts } from "../../texts";
import { AssistStep } from "./AssistStep";
import { DatasetStep } from "./DatasetStep";
import type { Step } from "./draft";
import { DraftBar } from "./DraftBar";
import { LabelsStep } from "./LabelsStep";
import { DetailsStep, InstructionsStep, RefreshStep } from "./PlainSteps";
import { OpinionsStep } from "./OpinionsStep";
import { StepList } from "./StepList";
import type { StepProps } from "./stepProps";
import { SummaryStep } from "./SummaryStep";
import { useWizard } from "./useWizard";

const useStyles = makeStyles({
  whole: {
    display: "grid",
    gridTemplateColumns: "232px minmax(0, 1fr)",
    gap: tokens.spacingHorizontalXXL,
    alignItems: "start",
    "@media (max-width: 760px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  card: { padding: tokens.spacingVerticalXXL, gap: tokens.spacingVerticalXL, minHeight: "440px", minWidth: 0 },
  form: { flex: 1, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXL, maxWidth: "760px" },
  heading: { margin: 0 },
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, marginTop: "auto" },
  cancel: { marginLeft: "auto" },
});

const BODIES: Record<Step, (props: StepProps) => React.ReactNode> = {
  details: DetailsStep,
  dataset: DatasetStep,
  refresh: RefreshStep,
  labels: LabelsStep,
  instructions: InstructionsStep,
  assist: AssistStep,
  opinions: OpinionsStep,
  summary: SummaryStep,
};

/** What the server may complain about, and which step says so at the field itself. */
const FIELDS: Record<Step, string[]> = {
  details: ["name"],
  dataset: ["dataset"],
  refresh: [],
  labels: ["labels"],
  instructions: ["instructions"],
  assist: ["suggestionPrecision"],
  opinions: ["opinions"],
  summary: [],
};

export default function Wizard() {
  const styles = useStyles();
  const wizard = useWizard();
  const [busy, setBusy] = useState(false);
  const { step, at, create, isLast } = wizard;
  const waits = create.isPending || busy;
  const Body = BODIES[step];
  const unsaid = unplaced(create.error, ...FIELDS[step]);

  return (
    <Page title={texts.wizard.title}>
      <DraftBar
        restored={wizard.restored}
        dropped={wizard.dropped !== null}
        onStartOver={wizard.startOver}
        onBringBack={wizard.bringBack}
      />
      <div className={styles.whole}>
        <StepList at={at} reached={wizard.reached} disabled={waits} onGo={wizard.go} />
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
              wizard.next();
            }}
          >
            <Body
              draft={wizard.draft}
              change={wizard.change}
              mistakes={wizard.mistakes}
              touch={wizard.touch}
              touchSoon={wizard.touchSoon}
              refusal={create.error}
              setBusy={setBusy}
              go={wizard.go}
              skipTo={wizard.next}
            />
            <div className={styles.buttons}>
              <Button disabled={at === 0 || waits} onClick={() => wizard.go(at - 1)}>
                {texts.wizard.back}
              </Button>
              <Button type="submit" appearance="primary" disabled={waits}>
                {isLast ? texts.wizard.create : texts.wizard.next}
              </Button>
              <div className={styles.cancel}>
                <LinkButton appearance="subtle" to="/projects">
                  {texts.common.cancel}
                </LinkButton>
              </div>
            </div>
          </form>
        </Card>
      </div>
    </Page>
  );
}

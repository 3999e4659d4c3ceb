import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { useProgress } from "../../api/queries/projects";
import type { Project } from "../../api/types";
import { NewestCheck } from "../../checks/NewestCheck";
import { Loaded, Wait } from "../../parts/States";
import * as dashboardTexts from "../../texts/dashboard";
import { ActivitySection } from "./ActivitySection";
import { AgreementFigures } from "./agreement/AgreementFigures";
import { Attention } from "./Attention";
import { Figures } from "./Figures";
import { Labelers } from "./Labelers";
import { LabelsChart } from "./LabelsChart";
import { NewestExports } from "./NewestExports";
import { NextSteps } from "./NextSteps";
import { Refreshes } from "./Refreshes";
import { Suggestions } from "./suggestions/Suggestions";
import { useConcerns } from "./useConcerns";

const useStyles = makeStyles({
  from: { color: tokens.colorNeutralForeground2 },
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  pair: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(440px, 100%), 1fr))",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
  },
});

export function Dashboard({ project }: { project: Project }) {
  const styles = useStyles();
  const progress = useProgress(project.id);
  const concerns = useConcerns(project, progress.data);
  // Known before anything is drawn, so that nothing is shifted by it.
  if (!concerns && !progress.isError) return <Wait />;
  const begun = (progress.data?.byLabeler.length ?? 0) > 0 || (progress.data?.labeled ?? 0) > 0;
  return (
    <Loaded query={progress}>
      {(data) => (
        <div className={styles.whole}>
          {project.dataset && <Text className={styles.from}>{dashboardTexts.project.from(project.dataset)}</Text>}
          {begun ? <Attention concerns={concerns ?? []} /> : <NextSteps project={project} />}
          <Figures project={project} progress={data} />
          {begun && (
            <>
              <div className={styles.pair}>
                <ActivitySection projectId={project.id} />
                <LabelsChart project={project} progress={data} />
              </div>
              <Labelers project={project} />
              <NewestCheck project={project} />
              <AgreementFigures project={project} />
            </>
          )}
          {project.mlAssist && <Suggestions project={project} />}
          <NewestExports project={project} />
          {project.role === "administrator" && <Refreshes project={project} />}
        </div>
      )}
    </Loaded>
  );
}

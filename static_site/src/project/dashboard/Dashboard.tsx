import { makeStyles, tokens } from "@fluentui/react-components";
import { useProgress } from "../../api/queries";
import type { Project } from "../../api/types";
import { Loaded } from "../../parts/States";
import { ActivitySection } from "./ActivitySection";
import { Figures } from "./Figures";
import { Labelers } from "./Labelers";
import { LabelsChart } from "./LabelsChart";
import { NewestExports } from "./NewestExports";
import { Refreshes } from "./Refreshes";
import { Suggestions } from "./suggestions/Suggestions";

const useStyles = makeStyles({
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
  return (
    <Loaded query={progress}>
      {(data) => (
        <div className={styles.whole}>
          <Figures project={project} progress={data} />
          <div className={styles.pair}>
            <ActivitySection projectId={project.id} />
            <LabelsChart project={project} counts={data.byLabel} />
          </div>
          <Labelers project={project} labelers={data.byLabeler} />
          {project.mlAssist && <Suggestions project={project} />}
          <NewestExports project={project} />
          {project.role === "administrator" && <Refreshes project={project} />}
        </div>
      )}
    </Loaded>
  );
}

import { makeStyles, tokens } from "@fluentui/react-components";
import { memo, useMemo } from "react";
import { useAssist, useTrainings } from "../../../api/queries/runs";
import type { Project } from "../../../api/types";
import { Loaded } from "../../../parts/States";
import { texts } from "../../../texts";
import { taskOf } from "../../../tasks";
import { AssistCard } from "../../assist/AssistCard";
import { Accepted } from "./Accepted";
import { Accuracy } from "./Accuracy";
import { AssistFigures } from "./AssistFigures";
import { Confusions } from "./Confusions";
import { RightByLabel } from "./RightByLabel";
import { Trainings } from "./Trainings";
import { Together } from "./Together";
import { newestLearned } from "./learned";

const useStyles = makeStyles({
  pair: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(440px, 100%), 1fr))",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
  },
});

/** How suggestions stand, how right they are, and what people make of them. The rest of the dashboard moves every other
 *  second, and this part is large. */
export const Suggestions = memo(function Suggestions({ project }: { project: Project }) {
  const styles = useStyles();
  const assist = useAssist(project.id, true, true);
  const query = useTrainings(project.id);
  const trainings = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const learned = newestLearned(trainings);
  const { isOneLabel } = taskOf(project);
  return (
    <>
      <AssistCard
        title={texts.assistFigures.title}
        project={project}
        figures={(standing) => <AssistFigures assist={standing} learned={learned} isOneLabel={isOneLabel} />}
      />
      {learned && (
        <div className={styles.pair}>
          <Accuracy trainings={trainings} />
          {isOneLabel ? <Confusions project={project} learned={learned} /> : <Together learned={learned} />}
          <RightByLabel project={project} learned={learned} />
          {assist.data && <Accepted project={project} assist={assist.data} />}
        </div>
      )}
      <Loaded query={query}>
        {() => trainings.length > 0 && <Trainings query={query} trainings={trainings} />}
      </Loaded>
    </>
  );
});

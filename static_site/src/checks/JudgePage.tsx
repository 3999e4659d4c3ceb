import { useParams } from "react-router";
import { isProblem } from "../api/client";
import { useCheck, useCheckImages } from "../api/queries/checks";
import { useMe } from "../api/queries/me";
import { useProject } from "../api/queries/projects";
import type { Me, Project } from "../api/types";
import { LinkButton } from "../parts/LinkButton";
import { ProjectLoaded } from "../parts/ProjectLoaded";
import { Loaded, Nothing } from "../parts/States";
import { texts } from "../texts";
import { checks } from "../texts/checks";
import { checkAddress } from "./addresses";
import { Judge } from "./Judge";
import { useVerdictSending } from "./sending";

/** How often it is looked whether others have changed the project itself. */
const CHANGES_MS = 60_000;
/** The addresses of the pictures expire: those of a page that was left open for hours. Younger ones fail for other reasons. */
const ADDRESSES_MS = 10 * 60_000;

interface OpenedProps {
  project: Project;
  me: Me;
  checkId: string;
}

function Opened({ project, me, checkId }: OpenedProps) {
  const check = useCheck(project.id, checkId);
  const images = useCheckImages(project.id, checkId);
  useVerdictSending(me.userId, project.id);
  const askAnew = () => {
    if (!images.isFetching && Date.now() - images.dataUpdatedAt > ADDRESSES_MS) void images.refetch();
  };
  if (isProblem(check.error, 404) || isProblem(images.error, 404))
    return (
      <Nothing title={checks.gone} actions={<LinkButton to={checkAddress(project.id)}>{checks.back}</LinkButton>} />
    );
  return (
    <Loaded query={check}>
      {(one) => (
        <Loaded query={images}>
          {(drawn) => <Judge project={project} me={me} check={one} {...drawn} isComing={images.isFetching} onBroken={askAnew} />}
        </Loaded>
      )}
    </Loaded>
  );
}

/** Judging a check takes the whole window. */
export default function JudgePage() {
  const { projectId = "", checkId = "" } = useParams();
  const me = useMe().data;
  const query = useProject(projectId, CHANGES_MS);
  if (!me) return null;
  return (
    <ProjectLoaded query={query}>
      {(project) =>
        project.role === "labeler" ? (
          <Nothing
            title={project.name}
            actions={<LinkButton to={`/labeling/${project.id}`}>{texts.labeling.label}</LinkButton>}
          >
            {checks.labelersOnly}
          </Nothing>
        ) : (
          <Opened key={checkId} project={project} me={me} checkId={checkId} />
        )
      }
    </ProjectLoaded>
  );
}

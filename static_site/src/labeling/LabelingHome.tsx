import { Badge, Card, Text, makeStyles, tokens } from "@fluentui/react-components";
import { LIST_EASY } from "../api/liveness";
import { useProgress, useProjects } from "../api/queries/projects";
import type { Me, Project } from "../api/types";
import { LinkButton, TextLink } from "../parts/LinkButton";
import { Page } from "../parts/Page";
import { ProjectProgress } from "../parts/ProjectProgress";
import { ProjectStatus } from "../parts/ProjectStatus";
import { Loaded, Nothing } from "../parts/States";
import { texts } from "../texts";

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  row: {
    display: "flex",
    flexDirection: "row",
    alignItems: "center",
    gap: tokens.spacingHorizontalXL,
    flexWrap: "wrap",
  },
  name: {
    flex: "1 1 240px",
    minWidth: 0,
    overflowWrap: "anywhere",
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    flexWrap: "wrap",
  },
  progress: { flex: "1 1 260px" },
});

function Row({ project }: { project: Project }) {
  const styles = useStyles();
  const isCreating = project.status === "creating";
  const hasImages = (useProgress(project.id, LIST_EASY).data?.waiting ?? 0) > 0;
  // A large folder takes minutes to be looked through; labeling starts with the first images.
  const open = isCreating ? hasImages : project.status !== "failed";
  return (
    <li>
      <Card className={styles.row}>
        <div className={styles.name}>
          {project.role === "labeler" ? (
            <Text weight="semibold" size={400}>
              {project.name}
            </Text>
          ) : (
            <TextLink to={`/projects/${project.id}`}>
              <Text weight="semibold" size={400}>
                {project.name}
              </Text>
            </TextLink>
          )}
          {project.role !== "labeler" && <Badge appearance="outline">{texts.roles[project.role]}</Badge>}
          <ProjectStatus project={project} quietWhenCreated />
        </div>
        <div className={styles.progress}>{open && <ProjectProgress projectId={project.id} />}</div>
        {open && (
          <LinkButton
            appearance="primary"
            to={`/labeling/${project.id}`}
            aria-label={texts.labeling.labelProject(project.name)}
          >
            {texts.labeling.label}
          </LinkButton>
        )}
      </Card>
    </li>
  );
}

export default function LabelingHome({ me }: { me: Me }) {
  const styles = useStyles();
  const projects = useProjects();
  return (
    <Page title={texts.labeling.title} intro={texts.labeling.intro}>
      <Loaded query={projects}>
        {(list) =>
          list.length === 0 ? (
            <Nothing title={texts.labeling.none}>
              {me.isAdministrator ? texts.labeling.noneForAdministrator : texts.labeling.askWhom(me.name)}
            </Nothing>
          ) : (
            <ul className={styles.list}>
              {list.map((project) => (
                <Row key={project.id} project={project} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

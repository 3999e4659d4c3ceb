import { Card, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { formatDateTime } from "../parts/format";
import { IngestProgress } from "../parts/IngestProgress";
import { LastLooked } from "../parts/LastLooked";
import { LinkButton, TextLink } from "../parts/LinkButton";
import { ProjectProgress } from "../parts/ProjectProgress";
import { ProjectStatus } from "../parts/ProjectStatus";
import { ProjectTrouble } from "../parts/ProjectTrouble";
import { taskOf } from "../tasks";
import { texts } from "../texts";

const useStyles = makeStyles({
  card: { height: "100%", boxSizing: "border-box", padding: tokens.spacingVerticalL, gap: tokens.spacingVerticalM },
  head: { display: "flex", alignItems: "flex-start", justifyContent: "space-between", gap: tokens.spacingHorizontalM },
  name: { minWidth: 0, overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
  detail: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  times: { display: "flex", flexDirection: "column" },
  actions: {
    display: "flex",
    gap: tokens.spacingHorizontalS,
    marginTop: "auto",
    alignItems: "center",
    justifyContent: "space-between",
  },
});

/** How right its labels are, by the newest check. */
function LastChecked({ checked }: { checked: NonNullable<Project["checked"]> }) {
  const { interval, judged, finishedAt } = checked;
  return (
    <Text size={200} title={texts.projects.checkedWhen(judged, formatDateTime(finishedAt))}>
      {texts.projects.checked(interval)}
    </Text>
  );
}

/** A project as far as one wants to know it before it is opened. */
export function ProjectCard({ project }: { project: Project }) {
  const styles = useStyles();
  return (
    <li>
      <Card className={styles.card}>
        <div className={styles.head}>
          <div className={styles.name}>
            <TextLink to={`/projects/${project.id}`}>
              <Text weight="semibold" size={400}>
                {project.name}
              </Text>
            </TextLink>
          </div>
          <ProjectStatus project={project} />
        </div>
        <Text size={200} className={styles.quiet}>
          {texts.projects.summary(taskOf(project).words.name, project.labels.length)}
        </Text>
        {project.inTrouble ? (
          <ProjectTrouble project={project} />
        ) : (
          project.statusDetail && (
            <Text size={200} className={styles.detail}>
              {project.statusDetail}
            </Text>
          )
        )}
        <IngestProgress project={project} />
        {project.status !== "creating" && <ProjectProgress projectId={project.id} />}
        {project.checked && <LastChecked checked={project.checked} />}
        <div className={styles.actions}>
          <div className={styles.times}>
            <LastLooked project={project} />
            <Text size={200} className={styles.quiet}>
              {texts.projects.made(formatDateTime(project.createdAt))}
            </Text>
          </div>
          {(project.status === "created" || project.status === "paused") && (
            <LinkButton
              size="small"
              to={`/labeling/${project.id}`}
              aria-label={texts.labeling.labelProject(project.name)}
            >
              {texts.labeling.label}
            </LinkButton>
          )}
        </div>
      </Card>
    </li>
  );
}

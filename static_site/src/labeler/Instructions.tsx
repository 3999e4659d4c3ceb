import { Card, Link, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowRightRegular } from "@fluentui/react-icons";
import { useEffect } from "react";
import { useParams } from "react-router";
import { useProject } from "../api/queries";
import { LabelSwatch } from "../parts/LabelSwatch";
import { LinkButton } from "../parts/LinkButton";
import { Markdown } from "../parts/Markdown";
import { Page } from "../parts/Page";
import { ProjectProgress } from "../parts/ProjectProgress";
import { Loaded } from "../parts/States";
import { texts } from "../texts";

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalL, padding: tokens.spacingVerticalXL, maxWidth: "880px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  labels: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalS,
    maxHeight: "240px",
    overflow: "auto",
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  heading: { margin: 0 },
});

export default function Instructions() {
  const styles = useStyles();
  const { projectId = "" } = useParams();
  const query = useProject(projectId);
  // What comes next is loaded while this is read.
  useEffect(() => {
    import("../tagging/TaggingPage").catch(() => undefined);
  }, []);
  return (
    <Loaded query={query}>
      {(project) => (
        <Page
          title={project.name}
          intro={texts.instructions.intro}
          actions={
            <LinkButton
              appearance="primary"
              size="large"
              icon={<ArrowRightRegular />}
              iconPosition="after"
              to={`/labeling/${projectId}/tasks`}
            >
              {texts.instructions.tasks}
            </LinkButton>
          }
        >
          <Card className={styles.card}>
            <Text as="h2" size={500} weight="semibold" className={styles.heading}>
              {texts.instructions.title}
            </Text>
            {project.instructions.text ? (
              <Markdown>{project.instructions.text}</Markdown>
            ) : (
              <Text className={styles.quiet}>{texts.instructions.none}</Text>
            )}
            {project.instructions.url && (
              <Link href={project.instructions.url} target="_blank" rel="noreferrer">
                {texts.instructions.more}
              </Link>
            )}
            <Text as="h2" size={400} weight="semibold" className={styles.heading}>
              {texts.instructions.labels}
            </Text>
            <ul className={styles.labels} aria-label={texts.instructions.labels} tabIndex={0}>
              {project.labels.map((label) => (
                <li key={label.id}>
                  <LabelSwatch label={label} />
                </li>
              ))}
            </ul>
            <ProjectProgress projectId={projectId} />
          </Card>
        </Page>
      )}
    </Loaded>
  );
}

import { Card, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowRightRegular } from "@fluentui/react-icons";
import { useEffect } from "react";
import { useParams } from "react-router";
import { useProject } from "../api/queries/projects";
import { LinkButton } from "../parts/LinkButton";
import { Page } from "../parts/Page";
import { ProjectLoaded } from "../parts/ProjectLoaded";
import { ProjectProgress } from "../parts/ProjectProgress";
import { texts } from "../texts";
import { InstructionsText } from "./InstructionsText";
import { noteRead } from "./readInstructions";

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalL, padding: tokens.spacingVerticalXL, maxWidth: "880px" },
  heading: { margin: 0 },
});

export default function Instructions() {
  const styles = useStyles();
  const { projectId = "" } = useParams();
  const query = useProject(projectId);
  const read = query.data;
  useEffect(() => {
    if (read) noteRead(read);
  }, [read]);
  // What comes next is loaded while this is read.
  useEffect(() => {
    import("./LabelingPage").catch(() => undefined);
  }, []);
  return (
    <ProjectLoaded query={query}>
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
            <InstructionsText project={project} />
            <ProjectProgress projectId={projectId} />
          </Card>
        </Page>
      )}
    </ProjectLoaded>
  );
}

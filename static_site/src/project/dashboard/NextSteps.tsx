import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../../api/types";
import { CopyLink } from "../../parts/CopyLink";
import { LinkButton } from "../../parts/LinkButton";
import { Section } from "../../parts/Section";
import * as dashboardTexts from "../../texts/dashboard";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, margin: 0, paddingLeft: "20px" },
  step: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: tokens.spacingVerticalS },
  link: { alignSelf: "stretch", maxWidth: "560px" },
});

/** What to do with a project in which nothing is labeled yet. */
export function NextSteps({ project }: { project: Project }) {
  const styles = useStyles();
  const words = dashboardTexts.nextSteps;
  return (
    <Section title={words.title}>
      <ol className={styles.list}>
        {project.role === "administrator" && (
          <li>
            <div className={styles.step}>
              <Text>{words.invite}</Text>
              <LinkButton to={`/projects/${project.id}/details#members`}>{words.inviteButton}</LinkButton>
            </div>
          </li>
        )}
        <li>
          <div className={styles.step}>
            <Text>{words.share}</Text>
            <div className={styles.link}>
              <CopyLink label={words.link} path={`/labeling/${project.id}`} />
            </div>
          </div>
        </li>
        <li>
          <div className={styles.step}>
            <Text>{words.label}</Text>
            <LinkButton to={`/labeling/${project.id}`}>{words.labelButton}</LinkButton>
          </div>
        </li>
      </ol>
    </Section>
  );
}

import { Link, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { Markdown } from "../parts/Markdown";
import { taskOf } from "../tasks";
import { texts } from "../texts";
import { LabelList } from "./LabelList";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What a project's labelers are to do: the text, the link, and the labels. */
export function InstructionsText({ project }: { project: Project }) {
  const styles = useStyles();
  const { instructions, mlAssist } = project;
  return (
    <div className={styles.whole}>
      {instructions.text ? (
        <Markdown>{instructions.text}</Markdown>
      ) : (
        <Text className={styles.quiet}>{texts.instructions.none}</Text>
      )}
      {instructions.url && (
        <Link href={instructions.url} target="_blank" rel="noreferrer">
          {texts.instructions.more}
        </Link>
      )}
      {mlAssist && <Text>{taskOf(project).words.aboutSuggestions}</Text>}
      <LabelList project={project} />
    </div>
  );
}

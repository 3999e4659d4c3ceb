import { Link, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { LabelSwatch } from "../parts/LabelSwatch";
import { Markdown } from "../parts/Markdown";
import { texts } from "../texts";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
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

/** What a project's labelers are to do: the text, the link, and the labels. */
export function InstructionsText({ project: { instructions, labels, mlAssist } }: { project: Project }) {
  const styles = useStyles();
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
      {mlAssist && <Text>{texts.tagging.aboutSuggestions}</Text>}
      <Text as="h2" size={400} weight="semibold" className={styles.heading}>
        {texts.instructions.labels}
      </Text>
      <ul className={styles.labels} aria-label={texts.instructions.labels} tabIndex={0}>
        {labels.map((label) => (
          <li key={label.id}>
            <LabelSwatch label={label} />
          </li>
        ))}
      </ul>
    </div>
  );
}

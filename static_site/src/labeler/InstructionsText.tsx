import { Link, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { LabelSwatch } from "../parts/LabelSwatch";
import { texts } from "../texts";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  text: { whiteSpace: "pre-wrap", overflowWrap: "anywhere", lineHeight: tokens.lineHeightBase400, maxWidth: "75ch" },
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
export function InstructionsText({ project: { instructions, labels } }: { project: Project }) {
  const styles = useStyles();
  return (
    <div className={styles.whole}>
      {instructions.text ? (
        <Text className={styles.text}>{instructions.text}</Text>
      ) : (
        <Text className={styles.quiet}>{texts.instructions.none}</Text>
      )}
      {instructions.url && (
        <Link href={instructions.url} target="_blank" rel="noreferrer">
          {texts.instructions.more}
        </Link>
      )}
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

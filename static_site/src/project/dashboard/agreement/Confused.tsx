import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Agreement, Project } from "../../../api/types";
import { TextLink } from "../../../parts/LinkButton";
import { Section } from "../../../parts/Section";
import { Shortened } from "../../../parts/Shortened";
import { agreement as said } from "../../../texts/agreement";
import { dataAddress } from "../dataAddress";

const FIRST = 8;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, overflowWrap: "anywhere" },
  // So far apart that a finger hits one of them.
  one: { paddingBlock: tokens.spacingVerticalXS },
});

interface ConfusedProps {
  project: Project;
  pairs: Agreement["confusion"];
}

/** Which labels people take for one another, each with the way to its images side by side. */
export function Confused({ project, pairs }: ConfusedProps) {
  const styles = useStyles();
  const names = new Set(project.labels.map((label) => label.name));
  // Images of a label that was removed since are not found by it.
  const way = (label: string) =>
    names.has(label) ? (
      <TextLink to={dataAddress(project.id, { view: "side-by-side", label })}>{label}</TextLink>
    ) : (
      label
    );
  return (
    <Section title={said.confused}>
      <Text className={styles.quiet}>
        {pairs.length === 0 ? said.confusedNone : said.confusedWords}
      </Text>
      {pairs.length > 0 && (
        <Shortened title={said.confused} rows={pairs} first={FIRST}>
          {(rows) => (
            <ol className={styles.list}>
              {rows.map(({ labels: [one = "", other = ""], count }) => (
                <li key={`${one}|${other}`} className={styles.one}>
                  {way(one)} {said.or} {way(other)} {said.onImages(count)}
                </li>
              ))}
            </ol>
          )}
        </Shortened>
      )}
    </Section>
  );
}

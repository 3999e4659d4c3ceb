import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project, Training } from "../../../api/types";
import { TextLink } from "../../../parts/LinkButton";
import { Section } from "../../../parts/Section";
import { Shortened } from "../../../parts/Shortened";
import { texts } from "../../../texts";
import { dataAddress } from "../dataAddress";

const FIRST = 8;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, overflowWrap: "anywhere" },
  // So far apart that a finger hits one of them.
  one: { paddingBlock: tokens.spacingVerticalXS },
});

interface ConfusionsProps {
  project: Project;
  learned: Training;
}

/** Which labels are taken for which others, with the ways to their images. */
export function Confusions({ project, learned }: ConfusionsProps) {
  const styles = useStyles();
  const names = new Set(project.labels.map((label) => label.name));
  return (
    <Section title={texts.confusions.title}>
      {learned.confusion.length === 0 ? (
        <Text className={styles.quiet}>{texts.confusions.none}</Text>
      ) : (
        <>
          <Text className={styles.quiet}>{texts.confusions.words}</Text>
          <Shortened title={texts.confusions.title} rows={learned.confusion} first={FIRST}>
            {(rows) => (
              <ol className={styles.list}>
                {rows.map(({ label, suggested, count }) => {
                  const words = texts.confusions.one(count, label, suggested);
                  // Images of a label that was removed or merged since are not found by it.
                  const isFound = names.has(label) && names.has(suggested);
                  const address = dataAddress(project.id, { doubted: "true", label, suggested });
                  return (
                    <li key={`${label}|${suggested}`} className={styles.one}>
                      {isFound ? <TextLink to={address}>{words}</TextLink> : words}
                    </li>
                  );
                })}
              </ol>
            )}
          </Shortened>
        </>
      )}
    </Section>
  );
}

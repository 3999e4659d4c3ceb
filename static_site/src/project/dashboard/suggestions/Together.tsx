import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Training } from "../../../api/types";
import { Section } from "../../../parts/Section";
import { Shortened } from "../../../parts/Shortened";
import { texts } from "../../../texts";

const FIRST = 8;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, overflowWrap: "anywhere" },
});

/** Which labels images have together. */
export function Together({ learned }: { learned: Training }) {
  const styles = useStyles();
  return (
    <Section title={texts.labelsTogether.title}>
      {learned.together.length === 0 ? (
        <Text className={styles.quiet}>{texts.labelsTogether.none}</Text>
      ) : (
        <>
          <Text className={styles.quiet}>{texts.labelsTogether.words}</Text>
          <Shortened title={texts.labelsTogether.title} rows={learned.together} first={FIRST}>
            {(rows) => (
              <ol className={styles.list}>
                {rows.map(({ labels, count }) => (
                  <li key={labels.join("|")}>{texts.labelsTogether.one(count, labels)}</li>
                ))}
              </ol>
            )}
          </Shortened>
        </>
      )}
    </Section>
  );
}

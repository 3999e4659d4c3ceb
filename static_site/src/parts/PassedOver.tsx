import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { texts } from "../texts";

const useStyles = makeStyles({ words: { color: tokens.colorStatusWarningForeground3, overflowWrap: "anywhere" } });

/** The images of kinds that are not taken: how many of each; nothing where there are none. */
export function PassedOver({ kinds }: { kinds: Record<string, number> }) {
  const styles = useStyles();
  const counts = Object.entries(kinds).sort(([a, most], [b, count]) => count - most || a.localeCompare(b));
  if (counts.length === 0) return null;
  return (
    <Text size={200} role="status" className={styles.words}>
      {texts.passedOver(counts)}
    </Text>
  );
}

import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { HistoryEntry } from "../api/types";
import { formatDateTime } from "../parts/format";
import { texts } from "../texts";
import { changeAt, wasEmpty, type LabelChange } from "./changes";

const useStyles = makeStyles({
  history: {
    margin: 0,
    padding: 0,
    listStyleType: "none",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
  },
  entry: { display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface HistoryProps {
  entries: readonly HistoryEntry[];
  /** Whether an image has one label alone: then the entries themselves say what has changed. */
  isOneLabel: boolean;
}

/** What happened to an image, the newest first. */
export function History({ entries, isOneLabel }: HistoryProps) {
  const styles = useStyles();
  if (entries.length === 0) return <Text className={styles.quiet}>{texts.data.noHistory}</Text>;
  return (
    <ol className={styles.history} reversed aria-label={texts.data.history}>
      {entries.map((entry, index) => (
        <li key={entries.length - index} className={styles.entry}>
          <Text>{texts.data.action(entry.action, entry.labels.join(", "), wasEmpty(entries, index))}</Text>
          {!isOneLabel && <Changed change={changeAt(entries, index)} />}
          {entry.reason && <Text className={styles.quiet}>{texts.data.because(entry.reason)}</Text>}
          <Text size={200} className={styles.quiet}>
            {texts.data.by(entry.byName ?? "", formatDateTime(entry.at))}
          </Text>
        </li>
      ))}
    </ol>
  );
}

function Changed({ change }: { change: LabelChange | null }) {
  const styles = useStyles();
  if (!change) return null;
  return (
    <Text size={200} className={styles.quiet}>
      {texts.data.labelChange(change.added.join(", "), change.takenAway.join(", "))}
    </Text>
  );
}

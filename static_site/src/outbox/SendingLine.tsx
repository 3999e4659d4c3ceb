import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { texts } from "../texts";
import { useOutbox } from "./open";
import type { OutboxView } from "./outbox";

const useStyles = makeStyles({
  line: { minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", color: tokens.colorNeutralForeground2 },
  // Said only when it takes long: a page is sent in some milliseconds.
  late: {
    animationName: { from: { opacity: 0 }, to: { opacity: 1 } },
    animationDelay: "1.5s",
    animationDuration: "0.2s",
    animationFillMode: "both",
  },
});

/** What is to be said of what is on its way; null where it goes as it should. */
function sendingWords({ waiting, delay, isKept }: OutboxView): string | null {
  if (!delay) return null;
  if (!isKept) return texts.outbox.inThisTab(waiting.length);
  return delay === "busy" ? texts.outbox.busy : texts.outbox.kept(waiting.length);
}

/** A quiet line, on every page of the site, while something that was submitted has not arrived yet. */
export function SendingLine({ user }: { user: string }) {
  const styles = useStyles();
  const outbox = useOutbox(user);
  const words = sendingWords(outbox);
  return (
    <div role="status" className={styles.line}>
      {words && <Text size={200}>{words}</Text>}
      {!words && outbox.waiting.length > 0 && (
        <Text size={200} className={styles.late}>
          {texts.outbox.sending(outbox.waiting.length)}
        </Text>
      )}
    </div>
  );
}

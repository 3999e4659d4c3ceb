import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { texts } from "../texts";
import { formatDateTime } from "./format";
import { useNow } from "./useNow";

const STEP_MS = 5_000;

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

/** When the project's folder was last looked through to its end; the words move on by themselves. */
export function LastLooked({ project }: { project: Project }) {
  const styles = useStyles();
  const now = useNow(STEP_MS);
  const at = project.lastRefreshAt;
  return (
    <Text size={200} className={styles.quiet}>
      {at === null ? (
        texts.ingest.neverLooked
      ) : (
        <time dateTime={at} title={formatDateTime(at)}>
          {texts.ingest.looked(texts.time.ago(now - Date.parse(at)))}
        </time>
      )}
    </Text>
  );
}

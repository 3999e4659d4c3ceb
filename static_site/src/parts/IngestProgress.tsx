import { ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { EASY, LIST_EASY } from "../api/liveness";
import { useProgress } from "../api/queries/projects";
import { isUnderway, useRefreshes } from "../api/queries/runs";
import type { Progress, Project, Refresh } from "../api/types";
import { texts } from "../texts";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  words: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
});

const OFTEN_MS = 1_500;

interface IngestProgressProps {
  project: Project;
  /** Whether it is the only project in sight: then its progress is asked for more often, for all parts of the page, and
   *  whether one of its later refreshes runs. */
  alone?: boolean;
}

function foundWords(project: Project, newest: Refresh | undefined): string | null {
  if (isUnderway(newest) && newest && newest.found > 0) return texts.ingest.found(newest.found);
  return project.status === "creating" || newest?.status === "running" ? texts.ingest.looking : null;
}

function preparedWords({ preparing, total }: Progress): string | null {
  return preparing > 0 ? texts.ingest.prepared(total - preparing, total) : null;
}

/** How far the folder is listed and its images are prepared; nothing once both are done. */
export function IngestProgress({ project, alone = false }: IngestProgressProps) {
  const styles = useStyles();
  const creating = project.status === "creating";
  const progress = useProgress(project.id, creating ? OFTEN_MS : alone ? EASY : LIST_EASY, true).data;
  const preparing = progress?.preparing ?? 0;
  const eventful = alone || creating || project.inTrouble || preparing > 0;
  const newest = useRefreshes(project.id, project.role === "administrator" && eventful).data?.items[0];
  const found = foundWords(project, newest);
  const prepared = progress ? preparedWords(progress) : null;
  const words = [found, prepared].filter((one) => one !== null).join(" · ");
  if (!words) return null;
  return (
    <div className={styles.whole}>
      <Text size={200} className={styles.words}>
        {words}
      </Text>
      <ProgressBar
        thickness="large"
        value={progress && preparing > 0 ? (progress.total - preparing) / progress.total : undefined}
        aria-label={words}
      />
    </div>
  );
}

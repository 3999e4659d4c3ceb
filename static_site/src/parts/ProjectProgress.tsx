import { ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useProgress } from "../api/queries/projects";
import type { Progress } from "../api/types";
import { texts } from "../texts";

const useStyles = makeStyles({
  progress: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, minHeight: "24px" },
  words: { color: tokens.colorNeutralForeground2 },
});

/** As it is known: whoever shows it among others asks for it again. */
export function ProjectProgress({ projectId }: { projectId: string }) {
  return <ProgressLine progress={useProgress(projectId).data} />;
}

/** How far a project is; done = every image that can be labeled is labeled or skipped. */
export function ProgressLine({ progress: data }: { progress: Progress | undefined }) {
  const styles = useStyles();
  if (!data) return <div className={styles.progress} />;
  const done = data.labeled + data.skipped;
  const whole = data.total - data.unreadable - data.missing;
  const words = whole === 0 ? texts.progress.none(data.total) : texts.progress.done(data, whole);
  return (
    <div className={styles.progress}>
      <Text size={200} className={styles.words}>
        {words}
      </Text>
      <ProgressBar
        value={whole === 0 ? 0 : done / whole}
        thickness="large"
        color={done === whole && whole > 0 ? "success" : "brand"}
        aria-label={words}
      />
    </div>
  );
}

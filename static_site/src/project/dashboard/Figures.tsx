import { ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useActivity } from "../../api/queries/projects";
import type { Progress, Project } from "../../api/types";
import { formatNumber, formatShare } from "../../parts/format";
import { Section } from "../../parts/Section";
import { useNow } from "../../parts/useNow";
import { texts } from "../../texts";
import * as dashboardTexts from "../../texts/dashboard";
import { FigureList } from "./FigureList";
import { hoursLeft, paceToday } from "./pace";

const STEP_MS = 60_000;

const useStyles = makeStyles({
  head: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  deferred: { color: tokens.colorNeutralForeground2 },
  // Its place is kept while nothing is known yet.
  left: { minHeight: tokens.lineHeightBase300, color: tokens.colorNeutralForeground2 },
});

const ALWAYS = ["labeled", "waiting", "leased", "skipped"] as const;
const WHEN_ANY = ["disputed", "preparing", "unreadable", "missing"] as const;

/** How far the project is, and how long the rest takes. */
export function Figures({ project, progress }: { project: Project; progress: Progress }) {
  const styles = useStyles();
  const hours = useActivity(project.id).data?.hours ?? [];
  const left = hoursLeft(progress.waiting + progress.leased + progress.preparing, paceToday(hours, useNow(STEP_MS)));
  const whole = progress.total - progress.unreadable - progress.missing;
  const done = progress.labeled + progress.skipped;
  const figures = [
    ...[...ALWAYS, ...WHEN_ANY.filter((state) => progress[state] > 0)].map((state) => ({
      name: texts.states[state],
      value: formatNumber(progress[state]),
    })),
    ...(progress.awaitingOpinions > 0
      ? [
          {
            name: dashboardTexts.dashboard.awaitingOpinions,
            value: formatNumber(progress.awaitingOpinions),
            note: dashboardTexts.dashboard.ofWaiting,
          },
        ]
      : []),
    {
      name: dashboardTexts.dashboard.reviewed,
      value: formatNumber(progress.reviewed),
      ...(progress.labeled > 0 && { note: dashboardTexts.dashboard.ofLabeled(formatShare(progress.reviewed, progress.labeled)) }),
    },
    { name: dashboardTexts.dashboard.perHour, value: formatNumber(Math.round(progress.labeledPerHour)) },
  ];
  return (
    <Section title={dashboardTexts.dashboard.progress}>
      <div className={styles.head}>
        <Text size={500} weight="semibold">
          {whole === 0
            ? texts.progress.none(progress.total)
            : dashboardTexts.dashboard.done(formatNumber(done), formatNumber(whole), formatShare(done, whole))}
        </Text>
        <Text className={styles.left}>{left !== null && dashboardTexts.dashboard.timeLeft(left)}</Text>
      </div>
      <ProgressBar
        thickness="large"
        color={done === whole && whole > 0 ? "success" : "brand"}
        value={whole === 0 ? 0 : done / whole}
        aria-label={dashboardTexts.dashboard.progress}
      />
      <FigureList figures={figures} />
      {progress.deferred > 0 && <Text className={styles.deferred}>{dashboardTexts.dashboard.deferred(progress.deferred)}</Text>}
    </Section>
  );
}

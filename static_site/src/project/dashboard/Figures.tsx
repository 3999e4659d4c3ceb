import { ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useActivity } from "../../api/queries";
import type { Progress, Project } from "../../api/types";
import { formatNumber, formatShare } from "../../parts/format";
import { Section } from "../../parts/Section";
import { useNow } from "../../parts/useNow";
import { texts } from "../../texts";
import { hoursLeft, paceToday } from "./pace";

const STEP_MS = 60_000;

const useStyles = makeStyles({
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "baseline",
    justifyContent: "space-between",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    minHeight: tokens.lineHeightBase500,
  },
  figures: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(120px, 1fr))",
    gap: tokens.spacingHorizontalL,
    margin: 0,
  },
  figure: { display: "flex", flexDirection: "column-reverse", justifyContent: "flex-end" },
  value: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const ALWAYS = ["labeled", "waiting", "leased", "skipped"] as const;
const WHEN_ANY = ["preparing", "unreadable", "missing"] as const;

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
      value: progress[state],
    })),
    { name: texts.dashboard.perHour, value: Math.round(progress.labeledPerHour) },
  ];
  return (
    <Section title={texts.dashboard.progress}>
      <div className={styles.head}>
        <Text size={500} weight="semibold">
          {whole === 0
            ? texts.progress.noImages
            : texts.dashboard.done(formatNumber(done), formatNumber(whole), formatShare(done, whole))}
        </Text>
        {left !== null && <Text className={styles.quiet}>{texts.dashboard.timeLeft(left)}</Text>}
      </div>
      <ProgressBar
        thickness="large"
        color={done === whole && whole > 0 ? "success" : "brand"}
        value={whole === 0 ? 0 : done / whole}
        aria-label={texts.dashboard.progress}
      />
      <dl className={styles.figures}>
        {figures.map(({ name, value }) => (
          <div key={name} className={styles.figure}>
            <dt className={styles.quiet}>{name}</dt>
            <dd className={styles.value}>{formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

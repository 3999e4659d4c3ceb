import { ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useProgress } from "../api/queries";
import type { Progress, Project } from "../api/types";
import { formatNumber, formatShare } from "../parts/format";
import { Section } from "../parts/Section";
import { Loaded } from "../parts/States";
import { texts } from "../texts";
import { Bars } from "./Bars";
import { Labelers } from "./Labelers";
import { Refreshes } from "./Refreshes";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  figures: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(120px, 1fr))",
    gap: tokens.spacingHorizontalL,
    margin: 0,
  },
  figure: { display: "flex", flexDirection: "column-reverse" },
  value: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  pair: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(380px, 1fr))",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
  },
});

function Figures({ progress }: { progress: Progress }) {
  const styles = useStyles();
  const whole = progress.total - progress.unreadable - progress.missing;
  const done = progress.labeled + progress.skipped;
  const always = ["labeled", "waiting", "leased", "skipped"] as const;
  const whenAny = (["preparing", "unreadable", "missing"] as const).filter((state) => progress[state] > 0);
  return (
    <Section title={texts.dashboard.progress}>
      <Text size={500} weight="semibold">
        {whole === 0
          ? texts.progress.noImages
          : texts.dashboard.done(formatNumber(done), formatNumber(whole), formatShare(done, whole))}
      </Text>
      <ProgressBar
        thickness="large"
        color={done === whole && whole > 0 ? "success" : "brand"}
        value={whole === 0 ? 0 : done / whole}
        aria-label={texts.dashboard.progress}
      />
      <dl className={styles.figures}>
        {[...always, ...whenAny].map((state) => (
          <div key={state} className={styles.figure}>
            <dt className={styles.quiet}>{texts.states[state]}</dt>
            <dd className={styles.value}>{formatNumber(progress[state])}</dd>
          </div>
        ))}
        <div className={styles.figure}>
          <dt className={styles.quiet}>{texts.dashboard.perHour}</dt>
          <dd className={styles.value}>{formatNumber(Math.round(progress.labeledPerHour))}</dd>
        </div>
      </dl>
    </Section>
  );
}

export function Dashboard({ project }: { project: Project }) {
  const styles = useStyles();
  const progress = useProgress(project.id, 2_000);
  return (
    <Loaded query={progress}>
      {(data) => (
        <div className={styles.whole}>
          <Figures progress={data} />
          <div className={styles.pair}>
            <Section title={texts.dashboard.byLabel}>
              <Bars labels={project.labels} counts={data.byLabel} />
            </Section>
            <Section title={texts.dashboard.byLabeler}>
              <Labelers labelers={data.byLabeler} />
            </Section>
          </div>
          {project.role === "administrator" && <Refreshes project={project} />}
        </div>
      )}
    </Loaded>
  );
}

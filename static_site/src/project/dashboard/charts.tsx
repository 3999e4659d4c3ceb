import { LineChart, ResponsiveContainer, VerticalBarChart } from "@fluentui/react-charts";
import { makeStyles, tokens } from "@fluentui/react-components";
import { useState, type PointerEvent } from "react";
import { formatNumber } from "../../parts/format";
import * as dashboardTexts from "../../texts/dashboard";

const AXIS = 40;

const useStyles = makeStyles({
  whole: { position: "relative" },
  tip: {
    position: "absolute",
    bottom: "100%",
    transform: "translateX(-50%)",
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    whiteSpace: "nowrap",
    pointerEvents: "none",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  legend: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalL,
    paddingLeft: "48px",
    fontSize: tokens.fontSizeBase200,
  },
  entry: { display: "inline-flex", alignItems: "center", gap: tokens.spacingHorizontalS },
});

export interface Bar {
  /** How the axis names it. */
  name: string;
  /** How it is named alone. */
  title: string;
  count: number;
}

interface Pointed {
  words: string;
  left: number;
}

/** The bar above or below the pointer. Its words are those that it was given for its `aria-label`. */
function pointedAt(event: PointerEvent<HTMLDivElement>): Pointed | null {
  const whole = event.currentTarget.getBoundingClientRect();
  for (const bar of event.currentTarget.querySelectorAll("rect[aria-label]")) {
    const { left, right } = bar.getBoundingClientRect();
    if (event.clientX >= left && event.clientX <= right)
      return { words: bar.ariaLabel ?? "", left: Math.min(Math.max((left + right) / 2 - whole.left, 60), whole.width - 60) };
  }
  return null;
}

/** Bars over time. It is a picture: what can be read in it is in the table behind it, too, so that the keyboard need not
 *  walk through all bars. */
export function TimeChart({ bars, label, height }: { bars: readonly Bar[]; label: string; height: number }) {
  const styles = useStyles();
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const most = Math.max(4, ...bars.map((bar) => bar.count));
  return (
    <div
      className={styles.whole}
      role="img"
      aria-label={label}
      onPointerMove={(event) => setPointed(pointedAt(event))}
      onPointerLeave={() => setPointed(null)}
    >
      <div inert>
        <ResponsiveContainer height={height}>
          <VerticalBarChart
            culture="en"
            data={bars.map(({ name, title, count }) => ({
              x: name,
              y: count,
              callOutAccessibilityData: { ariaLabel: dashboardTexts.dashboard.point(title, formatNumber(count)) },
            }))}
            colors={[tokens.colorBrandBackground]}
            useSingleColor
            barWidth="auto"
            maxBarWidth={40}
            xAxisInnerPadding={0.2}
            xAxisOuterPadding={0}
            yMaxValue={most}
            yAxisTickCount={4}
            hideLegend
            hideLabels
            hideTooltip
            hideTickOverlap
            roundCorners
            margins={{ top: 8, right: 32, bottom: AXIS, left: 48 }}
          />
        </ResponsiveContainer>
      </div>
      {pointed && (
        <div className={styles.tip} style={{ left: pointed.left }}>
          {pointed.words}
        </div>
      )}
    </div>
  );
}

export interface ShareLine {
  name: string;
  points: readonly { x: number; share: number }[];
}

/** The first line is whole, the second one dashed: nobody has to tell their colors apart. */
const STROKES = [
  { color: tokens.colorCompoundBrandStroke, dashes: "" },
  { color: tokens.colorNeutralForeground2, dashes: "6 4" },
];
const LEGEND = 28;

interface ShareChartProps {
  lines: readonly ShareLine[];
  /** What is counted below. */
  below: string;
  label: string;
  height: number;
}

/** Two shares of a hundred over a count. It is a picture: its numbers are in the table behind it. */
export function ShareChart({ lines, below, label, height }: ShareChartProps) {
  const styles = useStyles();
  return (
    <div role="img" aria-label={label}>
      <div inert>
        <ResponsiveContainer height={height - LEGEND}>
          <LineChart
            culture="en"
            data={{
              lineChartData: lines.map((line, index) => ({
                legend: line.name,
                color: STROKES[index]?.color,
                data: line.points.map((point) => ({ x: point.x, y: 100 * point.share })),
                lineOptions: { strokeWidth: 2, strokeDasharray: STROKES[index]?.dashes },
              })),
            }}
            yMinValue={0}
            yMaxValue={100}
            yAxisTickCount={4}
            yAxisTickFormat={(value: number) => `${value}%`}
            xAxisTitle={below}
            hideLegend
            hideTooltip
            margins={{ top: 8, right: 32, bottom: 56, left: 48 }}
          />
        </ResponsiveContainer>
        <div className={styles.legend}>
          {lines.map((line, index) => (
            <span key={line.name} className={styles.entry}>
              <svg width="24" height="8" aria-hidden>
                <line
                  x1="0"
                  y1="4"
                  x2="24"
                  y2="4"
                  stroke={STROKES[index]?.color}
                  strokeWidth="2"
                  strokeDasharray={STROKES[index]?.dashes}
                />
              </svg>
              {line.name}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

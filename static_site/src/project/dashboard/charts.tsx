import { HorizontalBarChartWithAxis, ResponsiveContainer, VerticalBarChart } from "@fluentui/react-charts";
import { makeStyles, tokens } from "@fluentui/react-components";
import { useState, type PointerEvent } from "react";
import { formatNumber } from "../../parts/format";
import { texts } from "../../texts";

const ROW = 36;
const AXIS = 40;
/** Of a label's name beside its bar: longer ones are cut, and whole in the table. */
const MOST_CHARACTERS = 18;

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
});

export interface Bar {
  /** How the axis names it. */
  name: string;
  /** How it is named alone. */
  title: string;
  count: number;
}

interface Pointed {
  bar: Bar;
  left: number;
}

/** Where the pointer is: the library ends a bar's id with its number. */
function pointedAt(event: PointerEvent<HTMLDivElement>, bars: readonly Bar[]): Pointed | null {
  const whole = event.currentTarget.getBoundingClientRect();
  for (const rect of event.currentTarget.querySelectorAll("rect[id]")) {
    const { left, right } = rect.getBoundingClientRect();
    const bar = bars[Number(rect.id.split("-").at(-1))];
    if (bar && event.clientX >= left && event.clientX <= right)
      return { bar, left: Math.min(Math.max((left + right) / 2 - whole.left, 60), whole.width - 60) };
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
      onPointerMove={(event) => setPointed(pointedAt(event, bars))}
      onPointerLeave={() => setPointed(null)}
    >
      <div inert>
        <ResponsiveContainer height={height}>
          <VerticalBarChart
            culture="en"
            data={bars.map((bar) => ({ x: bar.name, y: bar.count }))}
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
          {texts.dashboard.point(pointed.bar.title, formatNumber(pointed.bar.count))}
        </div>
      )}
    </div>
  );
}

export interface LabelBar {
  name: string;
  count: number;
  color: string;
}

/** A bar for each label, in its own color, with its number of images; at least so high. */
export function LabelChart({ bars, label, height }: { bars: readonly LabelBar[]; label: string; height: number }) {
  return (
    <div role="img" aria-label={label}>
      <div inert>
        <ResponsiveContainer height={Math.max(height, bars.length * ROW + AXIS)}>
          <HorizontalBarChartWithAxis
            culture="en"
            // The library draws from the bottom to the top.
            data={bars.toReversed().map((bar) => ({ x: bar.count, y: bar.name, color: bar.color, legend: bar.name }))}
            yAxisCategoryOrder="data"
            barHeight={18}
            xAxisTickCount={3}
            noOfCharsToTruncate={MOST_CHARACTERS}
            showYAxisLablesTooltip
            hideLegend
            hideTooltip
            roundCorners
            margins={{ top: 4, right: 56, bottom: AXIS, left: 140 }}
          />
        </ResponsiveContainer>
      </div>
    </div>
  );
}

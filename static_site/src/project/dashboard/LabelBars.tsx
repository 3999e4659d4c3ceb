import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { formatNumber } from "../../parts/format";

const useStyles = makeStyles({
  bars: {
    display: "grid",
    gridTemplateColumns: "fit-content(45%) minmax(40px, 1fr)",
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  name: { overflowWrap: "anywhere", alignSelf: "center" },
  heading: { fontWeight: tokens.fontWeightSemibold },
  line: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, minWidth: 0 },
  track: { flex: 1, minWidth: 0 },
  bar: { height: "14px", borderRadius: tokens.borderRadiusSmall },
  count: { minWidth: "40px", textAlign: "right", fontVariantNumeric: "tabular-nums" },
});

export interface LabelBar {
  name: string;
  /** How deep it is in groups. */
  depth: number;
  /** undefined = nothing that would be right to say. */
  count: number | undefined;
  /** undefined: it is a heading, and has no bar. */
  color: string | undefined;
}

/** A bar for each label, in its own color, with its whole name and its number of images. */
export function LabelBars({ bars, label }: { bars: readonly LabelBar[]; label: string }) {
  const styles = useStyles();
  const most = Math.max(1, ...bars.map(({ count, color }) => (color && count) || 0));
  return (
    <div role="img" aria-label={label} className={styles.bars}>
      {bars.map(({ name, depth, count, color }, index) => (
        <div key={index} style={{ display: "contents" }}>
          <span
            className={mergeClasses(styles.name, !color && styles.heading)}
            style={{ paddingInlineStart: `${depth * 12}px` }}
          >
            {name}
          </span>
          <span className={styles.line}>
            <span className={styles.track}>
              {color && (
                <div className={styles.bar} style={{ width: `${(100 * (count ?? 0)) / most}%`, backgroundColor: color }} />
              )}
            </span>
            <span className={mergeClasses(styles.count, !color && styles.heading)}>
              {count !== undefined && formatNumber(count)}
            </span>
          </span>
        </div>
      ))}
    </div>
  );
}

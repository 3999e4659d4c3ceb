import { makeStyles, tokens } from "@fluentui/react-components";
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
  line: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, minWidth: 0 },
  track: { flex: 1, minWidth: 0 },
  bar: { height: "14px", borderRadius: tokens.borderRadiusSmall },
  count: { minWidth: "40px", textAlign: "right", fontVariantNumeric: "tabular-nums" },
});

export interface LabelBar {
  name: string;
  count: number;
  color: string;
}

/** A bar for each label, in its own color, with its whole name and its number of images. */
export function LabelBars({ bars, label }: { bars: readonly LabelBar[]; label: string }) {
  const styles = useStyles();
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <div role="img" aria-label={label} className={styles.bars}>
      {bars.map(({ name, count, color }) => (
        <div key={name} style={{ display: "contents" }}>
          <span className={styles.name}>{name}</span>
          <span className={styles.line}>
            <span className={styles.track}>
              <div className={styles.bar} style={{ width: `${(100 * count) / most}%`, backgroundColor: color }} />
            </span>
            <span className={styles.count}>{formatNumber(count)}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

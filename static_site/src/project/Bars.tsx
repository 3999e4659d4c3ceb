import { makeStyles, tokens } from "@fluentui/react-components";
import type { Label, Progress } from "../api/types";
import { colorOfName } from "../parts/colors";
import { formatNumber } from "../parts/format";

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "minmax(80px, 40%) 1fr auto",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    alignItems: "center",
    margin: 0,
    padding: 0,
    listStyleType: "none",
    maxHeight: "320px",
    overflow: "auto",
  },
  row: { display: "contents" },
  name: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  track: { height: "12px", borderRadius: tokens.borderRadiusSmall, backgroundColor: tokens.colorNeutralBackground4 },
  bar: { height: "100%", minWidth: "1px", borderRadius: tokens.borderRadiusSmall },
  count: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
});

interface BarsProps {
  labels: readonly Label[];
  counts: Progress["byLabel"];
}

/** How many images have each label; the list is its own table. */
export function Bars({ labels, counts }: BarsProps) {
  const styles = useStyles();
  const most = Math.max(1, ...counts.map((one) => one.count));
  return (
    <ul className={styles.list}>
      {counts.map(({ label, count }) => (
        <li key={label} className={styles.row}>
          <span className={styles.name} title={label}>
            {label}
          </span>
          <span className={styles.track} aria-hidden>
            {count > 0 && (
              <span
                className={styles.bar}
                style={{
                  display: "block",
                  width: `${(100 * count) / most}%`,
                  backgroundColor: colorOfName(labels, label)?.background ?? "gray",
                }}
              />
            )}
          </span>
          <span className={styles.count}>{formatNumber(count)}</span>
        </li>
      ))}
    </ul>
  );
}

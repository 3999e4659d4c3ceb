import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { formatNumber } from "../parts/format";
import { imports } from "../texts/imports";
import type { Figure } from "./figures";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, margin: 0, padding: 0, listStyleType: "none" },
  row: { display: "grid", gridTemplateColumns: "minmax(40px, max-content) 1fr", columnGap: tokens.spacingHorizontalM },
  count: { textAlign: "right", fontVariantNumeric: "tabular-nums", fontWeight: tokens.fontWeightSemibold },
  words: { minWidth: 0, overflowWrap: "anywhere" },
  more: { cursor: "pointer", color: tokens.colorNeutralForeground2 },
  names: { display: "flex", flexDirection: "column", color: tokens.colorNeutralForeground2 },
});

/** Counts, each with its words and the names of the first of what was counted. */
export function FigureRows({ label, figures }: { label: string; figures: readonly Figure[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={label}>
      {figures.map(({ words, count, first, areAll }) => (
        <li key={words} className={styles.row}>
          <Text className={styles.count}>{formatNumber(count)}</Text>
          <div className={styles.words}>
            <Text>{words}</Text>
            {first.length > 0 && (
              <details>
                <summary className={styles.more}>
                  <Text size={200}>{imports.first(first.length, areAll ? first.length : count)}</Text>
                </summary>
                <div className={styles.names}>
                  {first.map((name, at) => (
                    <Text key={at} size={200}>
                      {name}
                    </Text>
                  ))}
                </div>
              </details>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

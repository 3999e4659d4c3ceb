import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Import } from "../api/types";
import { imports } from "../texts/imports";
import { accuracyRows } from "./judged";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, margin: 0, padding: 0, listStyleType: "none" },
  row: { display: "grid", gridTemplateColumns: "minmax(40px, max-content) 1fr", columnGap: tokens.spacingHorizontalM },
  share: { textAlign: "right", fontVariantNumeric: "tabular-nums", fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** How right an import of suggestions is, beside the built-in ones, and how that is known. */
export function Accuracy({ accuracy }: { accuracy: NonNullable<Import["accuracy"]> }) {
  const styles = useStyles();
  return (
    <div className={styles.whole}>
      <ul className={styles.list} aria-label={imports.howRight}>
        {accuracyRows(accuracy).map(({ words, share, of }) => (
          <li key={words} className={styles.row}>
            <Text className={styles.share}>{imports.percent(share)}</Text>
            <span>
              <Text>{words}</Text> <Text className={styles.quiet}>{of}</Text>
            </span>
          </li>
        ))}
      </ul>
      <Text size={200} className={styles.quiet}>
        {imports.accuracyTitle}
      </Text>
    </div>
  );
}

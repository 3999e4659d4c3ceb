import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { listOf, without, type Actions } from "../parts/actions";
import { LARGE } from "../parts/largeActions";
import { ReadingDialog } from "../parts/ReadingDialog";
import { texts } from "../texts";

const useStyles = makeStyles({
  keys: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 2fr) minmax(0, 3fr)",
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    paddingInline: tokens.spacingHorizontalXS,
    alignItems: "baseline",
  },
  heading: { margin: 0 },
  meaning: { margin: 0 },
  key: { fontWeight: tokens.fontWeightSemibold },
});

interface KeysDialogProps {
  table: Actions<never>;
  /** Keys that are the page's own in the large view, too. */
  taken?: readonly string[];
  /** False: it has none. */
  hasLargeView?: boolean;
  onClose: () => void;
}

/** The keys of a page, and of its large view. */
export default function KeysDialog({ table, taken = [], hasLargeView = true, onClose }: KeysDialogProps) {
  const styles = useStyles();
  return (
    <ReadingDialog title={texts.keys.title} onClose={onClose}>
      <KeyList table={table} />
      {hasLargeView && (
        <>
          <Text as="h2" weight="semibold" className={styles.heading}>
            {texts.keys.inLargeView}
          </Text>
          <KeyList table={without(LARGE, taken)} />
        </>
      )}
    </ReadingDialog>
  );
}

function KeyList({ table }: { table: Actions<never> }) {
  const styles = useStyles();
  return (
    <dl className={styles.keys}>
      {listOf(table).map(([keys, meaning]) => (
        <div key={keys} style={{ display: "contents" }}>
          <dt className={styles.key}>{keys}</dt>
          <dd className={styles.meaning}>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

import { makeStyles, tokens } from "@fluentui/react-components";
import { ReadingDialog } from "../parts/ReadingDialog";
import { texts } from "../texts";

const useStyles = makeStyles({
  keys: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 2fr) minmax(0, 3fr)",
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    alignItems: "baseline",
  },
  meaning: { margin: 0 },
  key: { fontWeight: tokens.fontWeightSemibold },
});

interface KeysDialogProps {
  list?: readonly (readonly [key: string, meaning: string])[];
  onClose: () => void;
}

export default function KeysDialog({ list = texts.keys.list, onClose }: KeysDialogProps) {
  const styles = useStyles();
  return (
    <ReadingDialog title={texts.keys.title} onClose={onClose}>
      <dl className={styles.keys}>
        {list.map(([key, meaning]) => (
          <div key={key} style={{ display: "contents" }}>
            <dt className={styles.key}>{key}</dt>
            <dd className={styles.meaning}>{meaning}</dd>
          </div>
        ))}
      </dl>
    </ReadingDialog>
  );
}

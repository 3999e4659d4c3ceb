import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
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
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.keys.title}</DialogTitle>
          <DialogContent>
            <dl className={styles.keys}>
              {list.map(([key, meaning]) => (
                <div key={key} style={{ display: "contents" }}>
                  <dt className={styles.key}>{key}</dt>
                  <dd className={styles.meaning}>{meaning}</dd>
                </div>
              ))}
            </dl>
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary">{texts.common.close}</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

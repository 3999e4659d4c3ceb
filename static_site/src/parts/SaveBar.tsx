import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { texts } from "../texts";

const useStyles = makeStyles({
  whole: { display: "flex", alignItems: "center", flexWrap: "wrap", gap: tokens.spacingHorizontalS, minHeight: "32px" },
  unsaved: { color: tokens.colorNeutralForeground2 },
});

interface SaveBarProps {
  button: string;
  changed: boolean;
  /** Whether what is typed can be saved. */
  ready: boolean;
  pending: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Saves or discards what was changed, and says that there is something to save. */
export function SaveBar({ button, changed, ready, pending, onSave, onDiscard }: SaveBarProps) {
  const styles = useStyles();
  return (
    <div className={styles.whole}>
      <Button appearance="primary" disabled={!changed || !ready || pending} onClick={onSave}>
        {button}
      </Button>
      {changed && (
        <Button disabled={pending} onClick={onDiscard}>
          {texts.common.discard}
        </Button>
      )}
      <Text role="status" size={200} className={styles.unsaved}>
        {changed && texts.common.unsaved}
      </Text>
    </div>
  );
}

import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Input,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useState, type KeyboardEvent } from "react";
import type { Label } from "../api/types";
import { labelColor } from "../parts/colors";
import { texts } from "../texts";

/** As many labels as there are digits. */
const DIGITS = 9;

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXS,
    maxHeight: "50vh",
    overflow: "auto",
    margin: 0,
    padding: "2px",
    listStyleType: "none",
  },
  label: { width: "100%", justifyContent: "flex-start", fontWeight: tokens.fontWeightRegular, overflowWrap: "anywhere" },
  swatch: { width: "14px", height: "14px", flexShrink: 0, borderRadius: tokens.borderRadiusSmall },
  name: { flex: 1, minWidth: 0, textAlign: "left" },
  key: { color: tokens.colorNeutralForeground2 },
});

interface LabelDialogProps {
  count: number;
  labels: readonly Label[];
  onPick: (label: Label) => void;
  onClose: () => void;
}

/** The labels to choose from, with a search over all of them. */
export default function LabelDialog({ count, labels, onPick, onClose }: LabelDialogProps) {
  const styles = useStyles();
  const [sought, setSought] = useState("");
  const needle = sought.trim().toLocaleLowerCase();
  const found = labels.filter((label) => label.name.toLocaleLowerCase().includes(needle));
  const takeFirst = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !needle || !found[0]) return;
    event.preventDefault();
    onPick(found[0]);
  };
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.data.changeLabelTitle(count)}</DialogTitle>
          <DialogContent className={styles.content}>
            <Input
              autoFocus
              type="search"
              contentBefore={<SearchRegular />}
              aria-label={texts.data.searchLabels}
              placeholder={texts.data.searchLabelsHint}
              value={sought}
              onChange={(_, data) => setSought(data.value)}
              onKeyDown={takeFirst}
            />
            {found.length === 0 && <Text role="status">{texts.data.noSuchLabel}</Text>}
            <ul className={styles.list} aria-label={texts.labels.list}>
              {found.map((label) => (
                <li key={label.id}>
                  <Button className={styles.label} appearance="subtle" onClick={() => onPick(label)}>
                    <span
                      className={styles.swatch}
                      style={{ background: labelColor(label.id).background, marginRight: tokens.spacingHorizontalS }}
                    />
                    <span className={styles.name}>{label.name}</span>
                    {labels.indexOf(label) < DIGITS && (
                      <kbd className={styles.key} aria-hidden>
                        {labels.indexOf(label) + 1}
                      </kbd>
                    )}
                  </Button>
                </li>
              ))}
            </ul>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{texts.common.cancel}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

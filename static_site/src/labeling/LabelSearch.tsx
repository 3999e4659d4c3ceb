import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Input,
  Text,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useEffect, useState, type KeyboardEvent } from "react";
import type { Label } from "../api/types";
import { labelBand } from "../parts/colors";
import { texts } from "../texts";
import { FINGERS } from "./forms";
import { findLabels } from "../parts/findLabels";
import { shownPath } from "../parts/labelGroups";

const useStyles = makeStyles({
  // So high that the first labels can be seen without scrolling the dialog, and no higher while one types.
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, overflow: "hidden" },
  list: { height: "min(320px, 45vh)", overflow: "auto", padding: "2px" },
  label: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    minHeight: "32px",
    paddingInline: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    cursor: "pointer",
    overflowWrap: "anywhere",
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    [FINGERS]: { minHeight: "40px" },
  },
  active: {
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    outline: `2px solid ${tokens.colorStrokeFocus2}`,
  },
  swatch: { width: "24px", height: "14px", flexShrink: 0, borderRadius: tokens.borderRadiusSmall },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const LIST = "sought-labels";
const optionId = (label: Label): string => `sought-label-${label.id}`;

interface LabelSearchProps {
  labels: readonly Label[];
  title?: string;
  /** What Enter does. */
  hint: string;
  onLabel: (labelId: number) => void;
  /** Where there are images without a label to give one to. */
  onLabelRest?: (labelId: number) => void;
  onClose: () => void;
}

/** A search over all labels: what is typed narrows the list, the arrows choose, Enter labels. */
export default function LabelSearch(props: LabelSearchProps) {
  const { labels, title = texts.labeling.searchTitle, hint, onLabel, onLabelRest, onClose } = props;
  const styles = useStyles();
  const [sought, setSought] = useState("");
  const [place, setPlace] = useState(0);
  const found = findLabels(labels, sought);
  const active = found[place];
  useEffect(() => {
    if (active) document.getElementById(optionId(active))?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const give = (label: Label, isForRest: boolean) => {
    if (isForRest && onLabelRest) onLabelRest(label.id);
    else onLabel(label.id);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setPlace(Math.min(place + 1, found.length - 1));
    else if (event.key === "ArrowUp") setPlace(Math.max(place - 1, 0));
    else if (event.key === "Enter" && active && !event.repeat) give(active, event.shiftKey);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog open onOpenChange={onClose} surfaceMotion={null}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <Input
              autoFocus
              role="combobox"
              aria-expanded
              aria-controls={LIST}
              aria-autocomplete="list"
              aria-activedescendant={active && optionId(active)}
              aria-label={texts.labeling.searchLabel}
              contentBefore={<SearchRegular />}
              placeholder={texts.labeling.searchLabels(labels.length)}
              value={sought}
              onChange={(_, data) => {
                setSought(data.value);
                setPlace(0);
              }}
              onKeyDown={onKeyDown}
            />
            <div id={LIST} role="listbox" aria-label={texts.labeling.labels} className={styles.list}>
              {found.map((label) => (
                <div
                  key={label.id}
                  id={optionId(label)}
                  role="option"
                  aria-selected={label === active}
                  className={mergeClasses(styles.label, label === active && styles.active)}
                  onClick={(event) => give(label, event.shiftKey)}
                >
                  <span className={styles.swatch} style={labelBand(label.id)} />
                  {label.name}
                  {label.group && <span className={styles.quiet}>{shownPath(label.group)}</span>}
                </div>
              ))}
            </div>
            <Text size={200} className={styles.quiet} role="status">
              {found.length === 0 ? texts.labeling.noSuchLabel : hint}
            </Text>
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

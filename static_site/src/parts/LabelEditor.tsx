import { Button, Field, Input, Text, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useRef, useState, type ClipboardEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { texts } from "../texts";
import { LabelRow, type MoveControl } from "./LabelRow";
import { LABEL_LIMITS, labelMistake, pastedLabels, type EditedLabel } from "./labelRules";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, minWidth: 0 },
  add: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: tokens.spacingHorizontalS },
  grow: { flex: "1 1 200px" },
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
    margin: 0,
    padding: "2px",
    listStyleType: "none",
    maxHeight: "360px",
    overflow: "auto",
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  addButton: { marginTop: "26px" },
});

interface LabelEditorProps {
  labels: readonly EditedLabel[];
  onChange: (labels: EditedLabel[]) => void;
  message?: string | undefined;
  /** How many images have a label; undefined where none can. */
  imagesOf?: (label: EditedLabel) => number | undefined;
  actionOf?: (label: EditedLabel) => ReactNode;
}

/** Adds, renames, removes and orders labels, and says at once what is wrong. */
export function LabelEditor({ labels, onChange, message, imagesOf, actionOf }: LabelEditorProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const [pasted, setPasted] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const names = labels.map((label) => label.name);
  const full = labels.length >= LABEL_LIMITS.most;
  const mistake = typed.trim() ? labelMistake(typed, names) : undefined;

  const add = () => {
    if (!typed.trim() || mistake || full) return;
    onChange([...labels, { name: typed.trim() }]);
    setTyped("");
    setPasted("");
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (!/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    const { names: added, leftOut } = pastedLabels(text, names);
    onChange([...labels, ...added.map((name) => ({ name }))]);
    setPasted(texts.labels.pasted(added.length, leftOut));
  };
  const replace = (index: number, ...by: EditedLabel[]) => onChange(labels.toSpliced(index, 1, ...by));
  // The focus goes along with the label, so that it can be moved on.
  const move = (index: number, by: number, control: MoveControl) => {
    const moved = labels[index];
    if (!moved || labels[index + by] === undefined) return;
    flushSync(() => onChange(labels.toSpliced(index, 1).toSpliced(index + by, 0, moved)));
    const row = list.current?.children[index + by];
    row?.querySelector<HTMLElement>(`[data-control="${control}"]`)?.focus();
  };

  return (
    <div className={styles.whole}>
      <div className={styles.add}>
        <Field
          className={styles.grow}
          label={texts.labels.newLabel}
          validationMessage={mistake ?? message}
          hint={full ? texts.labels.tooMany : texts.labels.hint}
        >
          <Input
            value={typed}
            disabled={full}
            placeholder={texts.labels.placeholder}
            onPaste={paste}
            onChange={(_, data) => setTyped(data.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              if (typed.trim()) event.preventDefault();
              add();
            }}
          />
        </Field>
        <Button
          className={styles.addButton}
          icon={<AddRegular />}
          disabled={!typed.trim() || mistake !== undefined || full}
          onClick={add}
        >
          {texts.labels.add}
        </Button>
      </div>
      <Text size={200} className={styles.quiet} role="status">
        {[texts.labels.count(labels.length), pasted].filter(Boolean).join(" · ")}
      </Text>
      <ol ref={list} className={styles.list} aria-label={texts.labels.list}>
        {labels.map((label, index) => (
          <LabelRow
            key={label.id ?? `new-${index}`}
            label={label}
            index={index}
            last={index === labels.length - 1}
            mistake={labelMistake(label.name, names.toSpliced(index, 1))}
            images={imagesOf?.(label)}
            action={actionOf?.(label)}
            onRename={(name) => replace(index, { ...label, name })}
            onMove={(by, control) => move(index, by, control)}
            onRemove={() => replace(index)}
          />
        ))}
      </ol>
    </div>
  );
}

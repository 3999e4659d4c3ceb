import { Button, Field, Input, Text, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular, ArrowDownRegular, ArrowUpRegular, DeleteRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { texts } from "../texts";
import { labelColor } from "./colors";
import { LABEL_LIMITS, labelMistake } from "./labelRules";

export interface EditedLabel {
  /** Missing while the label is new. */
  id?: number;
  name: string;
}

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  add: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalS },
  grow: { flex: 1 },
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
  row: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalXS },
  swatch: {
    width: "14px",
    height: "14px",
    flexShrink: 0,
    margin: "9px 6px 9px 2px",
    borderRadius: tokens.borderRadiusSmall,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  addButton: { marginTop: "26px" },
});

interface LabelEditorProps {
  labels: readonly EditedLabel[];
  onChange: (labels: EditedLabel[]) => void;
  message?: string | undefined;
}

/** Adds, renames, removes and orders labels, and says at once what is wrong. */
export function LabelEditor({ labels, onChange, message }: LabelEditorProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const names = labels.map((label) => label.name);
  const full = labels.length >= LABEL_LIMITS.most;
  const mistake = typed.trim() ? labelMistake(typed, names) : undefined;

  const add = () => {
    if (!typed.trim() || mistake || full) return;
    onChange([...labels, { name: typed.trim() }]);
    setTyped("");
  };
  const replace = (index: number, ...by: EditedLabel[]) => onChange(labels.toSpliced(index, 1, ...by));
  const move = (index: number, by: number) => {
    const moved = labels[index];
    if (moved) onChange(labels.toSpliced(index, 1).toSpliced(index + by, 0, moved));
  };

  return (
    <div className={styles.whole}>
      <div className={styles.add}>
        <Field
          className={styles.grow}
          label={texts.labels.newLabel}
          validationMessage={mistake ?? message}
          hint={full ? texts.labels.tooMany : undefined}
        >
          <Input
            value={typed}
            disabled={full}
            placeholder={texts.labels.placeholder}
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
      <Text size={200} className={styles.quiet}>
        {texts.labels.count(labels.length)}
      </Text>
      <ol className={styles.list} aria-label={texts.labels.list}>
        {labels.map((label, index) => (
          <li key={label.id ?? `new-${index}`} className={styles.row}>
            <span className={styles.swatch} style={{ backgroundColor: labelColor(label.id ?? index + 1).background }} />
            <Field className={styles.grow} validationMessage={labelMistake(label.name, names.toSpliced(index, 1))}>
              <Input
                value={label.name}
                aria-label={texts.labels.nameOf(index + 1)}
                onChange={(_, data) => replace(index, { ...label, name: data.value })}
                onKeyDown={(event) => {
                  if (event.key === "Enter") event.preventDefault();
                }}
              />
            </Field>
            <Button
              appearance="subtle"
              icon={<ArrowUpRegular />}
              disabled={index === 0}
              aria-label={texts.labels.up(label.name)}
              onClick={() => move(index, -1)}
            />
            <Button
              appearance="subtle"
              icon={<ArrowDownRegular />}
              disabled={index === labels.length - 1}
              aria-label={texts.labels.down(label.name)}
              onClick={() => move(index, 1)}
            />
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={texts.labels.remove(label.name)}
              onClick={() => replace(index)}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

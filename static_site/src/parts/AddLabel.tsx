import { Button, Field, Input, Text, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useState, type ClipboardEvent } from "react";
import { texts } from "../texts";
import { LABEL_LIMITS, pastedLabels, typedLabel, typedMistake, type EditedLabel } from "./labelRules";

const useStyles = makeStyles({
  add: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: tokens.spacingHorizontalS },
  grow: { flex: "1 1 200px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  // Beside the field, which has its label above it.
  button: { marginTop: "26px" },
});

interface AddLabelProps {
  /** The names that are there. */
  names: readonly string[];
  message: string | undefined;
  typed: string;
  onType: (typed: string) => void;
  onAdd: (labels: readonly EditedLabel[]) => void;
}

/** Adds a label that is typed, or a list that is pasted. */
export function AddLabel({ names, message, typed, onType, onAdd }: AddLabelProps) {
  const styles = useStyles();
  const [pasted, setPasted] = useState("");
  const full = names.length >= LABEL_LIMITS.most;
  const mistake = typedMistake(typed, names);
  const add = () => {
    const added = typedLabel(typed, names);
    if (added.length === 0) return;
    onAdd(added);
    setPasted("");
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (!/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    const { labels: added, leftOut } = pastedLabels(text, names);
    onAdd(added);
    setPasted(texts.labels.pasted(added.length, leftOut));
  };
  return (
    <>
      <div className={styles.add}>
        <Field
          className={styles.grow}
          label={texts.labels.newLabel}
          validationMessage={mistake ?? message}
          hint={full ? texts.labels.tooMany : texts.labels.hint}
        >
          <Input
            value={typed}
            disabled={full && !typed}
            placeholder={texts.labels.placeholder}
            onPaste={paste}
            onChange={(_, data) => onType(data.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              if (typed.trim()) event.preventDefault();
              add();
            }}
          />
        </Field>
        <Button
          className={styles.button}
          icon={<AddRegular />}
          disabled={!typed.trim() || mistake !== undefined}
          onClick={add}
        >
          {texts.labels.add}
        </Button>
      </div>
      <Text size={200} className={styles.quiet} role="status">
        {[texts.labels.count(names.length), pasted].filter(Boolean).join(" · ")}
      </Text>
    </>
  );
}

import { Button, Field, Input, Text, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useState, type ClipboardEvent } from "react";
import { texts } from "../texts";
import { LABEL_LIMITS, labelMistake, pastedLabels } from "./labelRules";

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
  onAdd: (names: readonly string[]) => void;
}

/** Adds a label that is typed, or a list that is pasted. What is typed is known here only: a list of hundreds is not drawn
 *  again at each key. */
export function AddLabel({ names, message, onAdd }: AddLabelProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const [pasted, setPasted] = useState("");
  const full = names.length >= LABEL_LIMITS.most;
  const mistake = typed.trim() ? labelMistake(typed, names) : undefined;
  const add = () => {
    if (!typed.trim() || mistake || full) return;
    onAdd([typed.trim()]);
    setTyped("");
    setPasted("");
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (!/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    const { names: added, leftOut } = pastedLabels(text, names);
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
          className={styles.button}
          icon={<AddRegular />}
          disabled={!typed.trim() || mistake !== undefined || full}
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

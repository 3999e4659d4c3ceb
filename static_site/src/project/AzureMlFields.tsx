import { Field, Input, Text, makeStyles, tokens } from "@fluentui/react-components";
import { exports } from "../texts/exports";
import { isWholeOrEmpty, readAddress, type AzureMl } from "./exportDraft";

const useStyles = makeStyles({
  group: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  line: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(180px, 100%), 1fr))",
    gap: tokens.spacingHorizontalM,
    alignItems: "start",
  },
  input: { minWidth: 0 },
});

const PARTS = ["subscription", "resourceGroup", "workspace", "datastore"] as const satisfies (keyof AzureMl)[];

interface AzureMlFieldsProps {
  parts: AzureMl;
  onChange: (parts: AzureMl) => void;
}

/** Where Azure ML knows the container; an address that is put into one of the fields fills all of them. */
export function AzureMlFields({ parts, onChange }: AzureMlFieldsProps) {
  const styles = useStyles();
  const wrong = !isWholeOrEmpty(parts);
  return (
    <div className={styles.group} role="group" aria-label={exports.azureMl}>
      <Text>{exports.azureMl}</Text>
      <Text size={200} className={styles.quiet}>
        {exports.azureMlWords}
      </Text>
      <div className={styles.line}>
        {PARTS.map((part) => (
          <Field
            key={part}
            label={exports.azureMlParts[part]}
            validationState={wrong && !parts[part].trim() ? "error" : "none"}
            validationMessage={wrong && !parts[part].trim() ? exports.azureMlWrong : undefined}
          >
            <Input
              className={styles.input}
              value={parts[part]}
              onChange={(_, data) => onChange(readAddress(data.value) ?? { ...parts, [part]: data.value })}
            />
          </Field>
        ))}
      </div>
    </div>
  );
}

import { Field, Radio, RadioGroup, Select, Text, makeStyles, tokens } from "@fluentui/react-components";
import { imports } from "../texts/imports";
import { PARTS, type Choices, type Duplicates, type Use } from "./choices";

const useStyles = makeStyles({
  parts: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(300px, 100%), 1fr))",
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL}`,
    alignItems: "start",
  },
  choice: { display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface ImportChoicesProps {
  choices: Choices;
  /** Folders are the labels. */
  haveParts: boolean;
  /** Lines give some image several labels where it can have one. */
  haveDuplicates: boolean;
  onChange: (change: Partial<Choices>) => void;
}

/** As what labels are imported, and what becomes of what is there. */
export function ImportChoices({ choices, haveParts, haveDuplicates, onChange }: ImportChoicesProps) {
  const styles = useStyles();
  return (
    <div className={styles.parts}>
      {haveParts && (
        <Field label={imports.part}>
          <Select
            value={String(choices.part)}
            onChange={(_, { value }) => onChange({ part: PARTS.find((part) => String(part) === value) ?? choices.part })}
          >
            {PARTS.map((part) => (
              <option key={part} value={part}>
                {imports.parts[part]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={imports.as}>
        <RadioGroup value={choices.as} onChange={(_, { value }) => onChange({ as: value as Use })}>
          {(["labels", "suggestions"] as const).map((use) => (
            <Radio
              key={use}
              value={use}
              label={
                <span className={styles.choice}>
                  <span>{imports.uses[use]}</span>
                  <Text size={200} className={styles.quiet}>
                    {imports.useHints[use]}
                  </Text>
                </span>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      {choices.as === "labels" && (
        <Field label={imports.others}>
          <RadioGroup
            value={choices.replace ? "replace" : "keep"}
            onChange={(_, { value }) => onChange({ replace: value === "replace" })}
          >
            <Radio value="keep" label={imports.replace.keep} />
            <Radio value="replace" label={imports.replace.replace} />
          </RadioGroup>
        </Field>
      )}
      {(haveDuplicates || choices.duplicates !== "leave") && (
        <Field label={imports.duplicates}>
          <RadioGroup
            value={choices.duplicates}
            onChange={(_, { value }) => onChange({ duplicates: value as Duplicates })}
          >
            {(["leave", "first", "last"] as const).map((which) => (
              <Radio key={which} value={which} label={imports.duplicate[which]} />
            ))}
          </RadioGroup>
        </Field>
      )}
    </div>
  );
}

import { Field, Select, makeStyles } from "@fluentui/react-components";
import { imports } from "../texts/imports";
import { FORMATS, type ChosenFormat } from "./choices";

const useStyles = makeStyles({ one: { flex: "0 1 240px", minWidth: "160px", gridTemplateColumns: "minmax(0, 1fr)" } });

interface FormatChoiceProps {
  /** As which it was read; "auto" where it could not be. */
  found: keyof typeof imports.formats;
  chosen: ChosenFormat;
  onChoose: (format: ChosenFormat) => void;
}

/** As which format a file is read: the one that was found, unless somebody knows better. */
export function FormatChoice({ found, chosen, onChoose }: FormatChoiceProps) {
  const styles = useStyles();
  const isFound = chosen === "auto" && found !== "auto";
  return (
    <Field className={styles.one} size="small" label={imports.readAs}>
      <Select
        size="small"
        value={chosen}
        onChange={(_, { value }) => onChoose(FORMATS.find((format) => format === value) ?? "auto")}
      >
        <option value="auto">{isFound ? imports.foundAs(imports.formats[found]) : imports.findFormat}</option>
        {FORMATS.map((format) => (
          <option key={format} value={format}>
            {imports.formats[format]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

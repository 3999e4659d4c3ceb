import { Field, Select, makeStyles } from "@fluentui/react-components";
import { texts } from "../texts";

const useStyles = makeStyles({
  field: { minWidth: 0, flex: 1 },
  select: { width: "100%", minWidth: 0 },
});

interface ChoiceProps {
  label: string;
  /** Empty = any. */
  value: string;
  choices: readonly { value: string; text: string }[];
  onChoose: (value: string) => void;
}

/** One of the things there are, or any. What is asked for and what there is not, is shown as such. */
export function Choice({ label, value, choices, onChoose }: ChoiceProps) {
  const styles = useStyles();
  const isUnknown = value !== "" && !choices.some((one) => one.value === value);
  return (
    <Field className={styles.field} label={label}>
      <Select select={{ className: styles.select }} value={value} onChange={(_, data) => onChoose(data.value)}>
        <option value="">{texts.data.any}</option>
        {isUnknown && <option value={value}>{texts.data.isUnknown(value)}</option>}
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </Select>
    </Field>
  );
}

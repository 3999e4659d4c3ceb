import { Field, Input, makeStyles } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";

/** Who pauses so long has typed what they look for. */
const REST_MS = 300;

const useStyles = makeStyles({ field: { minWidth: 0 }, input: { width: "100%", minWidth: 0 } });

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (name: string) => void;
}

/** A name to look for: as soon as typing pauses. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const styles = useStyles();
  /** What is typed and has yet to be looked for. */
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = (name: string) => {
    clearTimeout(timer.current);
    setTyped(null);
    onChange(name);
  };
  const type = (name: string) => {
    setTyped(name);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => look(name), REST_MS);
  };
  return (
    <Field className={styles.field} label={label}>
      <Input
        className={styles.input}
        input={{ className: styles.input }}
        type="search"
        maxLength={1024}
        contentBefore={<SearchRegular />}
        value={typed ?? value}
        onChange={(_, data) => type(data.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && typed !== null) look(typed);
        }}
      />
    </Field>
  );
}

import { Field, Input, makeStyles } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useEffect, useEffectEvent, useState } from "react";

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
  const look = () => {
    setTyped(null);
    if (typed !== null) onChange(typed);
  };
  // Whatever else is looked for by then stays.
  const rest = useEffectEvent(look);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(rest, REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <Field className={styles.field} label={label}>
      <Input
        className={styles.input}
        input={{ className: styles.input }}
        type="search"
        maxLength={1024}
        contentBefore={<SearchRegular />}
        value={typed ?? value}
        onChange={(_, data) => setTyped(data.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") look();
        }}
      />
    </Field>
  );
}

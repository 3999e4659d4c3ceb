import { Button, MessageBar, MessageBarBody, Text, makeStyles, tokens } from "@fluentui/react-components";
import { texts } from "../texts";
import type { Side } from "./threeWay";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, minWidth: 0 },
  one: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, minWidth: 0 },
  versions: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(180px, 100%), 1fr))",
    gap: tokens.spacingHorizontalM,
  },
  version: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    gap: tokens.spacingVerticalXS,
    minWidth: 0,
  },
  paper: {
    boxSizing: "border-box",
    width: "100%",
    maxHeight: "240px",
    overflow: "auto",
    padding: tokens.spacingVerticalXS,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
});

const SIDES: readonly Side[] = ["mine", "theirs"];

interface Clash {
  key: string;
  what: string;
  /** Both versions in words. */
  mine: string;
  theirs: string;
}

interface ClashesProps {
  clashes: readonly Clash[];
  onChoose: (key: string, side: Side) => void;
}

/** What was changed here and elsewhere at the same time: both versions, and a choice between them. */
export function Clashes({ clashes, onChoose }: ClashesProps) {
  const styles = useStyles();
  if (clashes.length === 0) return null;
  return (
    <div className={styles.whole}>
      <MessageBar intent="warning" layout="multiline" role="alert">
        <MessageBarBody>{texts.clashes.words}</MessageBarBody>
      </MessageBar>
      {clashes.map((clash) => (
        <div key={clash.key} role="group" aria-label={clash.what} className={styles.one}>
          <Text weight="semibold">{clash.what}</Text>
          <div className={styles.versions}>
            {SIDES.map((side) => (
              <div key={side} className={styles.version}>
                <Text size={200}>{texts.clashes.version[side]}</Text>
                <div className={styles.paper} tabIndex={0} role="group" aria-label={texts.clashes.version[side]}>
                  {clash[side]}
                </div>
                <Button size="small" onClick={() => onChoose(clash.key, side)}>
                  {texts.clashes.take[side]}
                </Button>
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** How a field is called, and its value in words. */
export type FieldWords<T> = { [Field in keyof T]: [what: string, words: (value: T[Field]) => string] };

interface FieldClashesProps<T> {
  draft: { value: T; saved: T; clashes: (keyof T)[]; choose: (field: keyof T, side: Side) => void };
  fields: FieldWords<T>;
}

/** The same for the fields of a draft. */
export function FieldClashes<T extends object>({ draft, fields }: FieldClashesProps<T>) {
  const { value, saved } = draft;
  return (
    <Clashes
      clashes={draft.clashes.map((field) => {
        const [what, words] = fields[field];
        return { key: String(field), what, mine: words(value[field]), theirs: words(saved[field]) };
      })}
      onChoose={(field, side) => draft.choose(field as keyof T, side)}
    />
  );
}

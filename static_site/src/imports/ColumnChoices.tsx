import { Field, Select, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Import } from "../api/types";
import { imports } from "../texts/imports";
import { canBeRead, columnOf, namesOf, ROLES, withColumn, type ChosenColumns, type Role } from "./columns";

const useStyles = makeStyles({
  all: {
    display: "flex",
    flexWrap: "wrap",
    flex: "1 1 auto",
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    margin: 0, 
    padding: 0,
    border: 0,
    minWidth: 0,
  },
  // Names may be longer than there is room.
  one: { flex: "0 1 220px", minWidth: "160px", gridTemplateColumns: "minmax(0, 1fr)" },
});

interface ColumnChoicesProps {
  told: NonNullable<Import["columns"]>;
  /** Something was read by the columns as they are. */
  haveLines: boolean;
  chosen: ChosenColumns;
  onChoose: (chosen: ChosenColumns) => void;
}

/** Which columns of a table say what. What is chosen is told once the table can be read by it. */
export function ColumnChoices({ told, haveLines, chosen, onChoose }: ColumnChoicesProps) {
  const styles = useStyles();
  const [draft, setDraft] = useState(chosen);
  const choose = (role: Role, name: string) => {
    const next = withColumn(draft, role, name || null);
    setDraft(next);
    if (haveLines || canBeRead(told, next)) onChoose(next);
  };
  /** What it says where no column is chosen; null: there is no such choice. */
  const unchosen = (role: Role): string | null => {
    if (role === "confidence") return imports.noColumn;
    if (draft[role] !== undefined) return imports.columnByName;
    if (told[role] !== null) return null;
    return haveLines ? imports.columnEach : imports.chooseColumn;
  };
  return (
    <fieldset className={styles.all} aria-label={imports.columnsOf}>
      {ROLES.map((role) => (
        <Field key={role} className={styles.one} size="small" label={imports.columnOf[role]}>
          <Select
            size="small"
            value={columnOf(role, told, draft) ?? ""}
            onChange={(_, { value }) => choose(role, value)}
          >
            {unchosen(role) !== null && <option value="">{unchosen(role)}</option>}
            {namesOf(told, draft).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ))}
    </fieldset>
  );
}

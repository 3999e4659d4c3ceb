import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Import } from "../api/types";
import { imports } from "../texts/imports";
import type { Choices } from "./choices";
import { ColumnChoices } from "./ColumnChoices";
import { canBeRead } from "./columns";
import { FormatChoice } from "./FormatChoice";
import { Part } from "./Part";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

interface FileHoldsProps {
  one: Import;
  choices: Choices;
  onChange: (change: Partial<Choices>) => void;
}

/** What a file holds, as which it is read, and the columns of a table: also where it could not be read, as others may be
 *  meant. */
export function FileHolds({ one, choices, onChange }: FileHoldsProps) {
  const styles = useStyles();
  const isRead = one.status === "completed";
  return (
    <Part title={imports.what}>
      {isRead && (
        <Text>{one.lines > 0 ? imports.holds(imports.formats[one.format], one.lines) : imports.nothing}</Text>
      )}
      {!isRead && one.columns && !canBeRead(one.columns, {}) && <Text>{imports.chooseColumns}</Text>}
      {one.regions > 0 && <Text className={styles.quiet}>{imports.regions(one.regions)}</Text>}
      {one.part === null && (
        <FormatChoice found={one.format} chosen={choices.format} onChoose={(format) => onChange({ format, columns: {} })} />
      )}
      {one.columns && (
        <ColumnChoices
          key={choices.format}
          told={one.columns}
          haveLines={one.lines > 0}
          chosen={choices.columns}
          onChoose={(columns) => onChange({ columns })}
        />
      )}
    </Part>
  );
}

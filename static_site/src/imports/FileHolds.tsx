import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Import } from "../api/types";
import { imports } from "../texts/imports";
import type { Choices } from "./choices";
import { ColumnChoices } from "./ColumnChoices";
import { canBeRead } from "./columns";
import { FormatChoice } from "./FormatChoice";
import { Part } from "./Part";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  choices: { display: "flex", flexWrap: "wrap", gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}` },
});

const holdsOf = ({ format, lines, part }: Import): string => {
  if (lines === 0) return imports.nothing;
  return part === null ? imports.holds(imports.formats[format], lines) : imports.holdsFolders(lines);
};

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
    <Part title={one.part !== null ? imports.whatFolders : isRead ? imports.what : imports.how}>
      {isRead && <Text>{holdsOf(one)}</Text>}
      {!isRead && one.columns && !canBeRead(one.columns, {}) && <Text>{imports.chooseColumns}</Text>}
      {one.regions > 0 && <Text className={styles.quiet}>{imports.regions(one.regions)}</Text>}
      {one.part === null && (
        <div className={styles.choices}>
          <FormatChoice
            found={one.format}
            chosen={choices.format}
            onChoose={(format) => onChange({ format, columns: {} })}
          />
          {one.columns && (
            <ColumnChoices
              key={choices.format}
              told={one.columns}
              haveLines={one.lines > 0}
              chosen={choices.columns}
              onChoose={(columns) => onChange({ columns })}
            />
          )}
        </div>
      )}
    </Part>
  );
}

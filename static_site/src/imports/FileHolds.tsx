import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Import } from "../api/types";
import { imports } from "../texts/imports";
import { ColumnChoices } from "./ColumnChoices";
import { canBeRead, type ChosenColumns } from "./columns";
import { Part } from "./Part";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

interface FileHoldsProps {
  one: Import;
  chosen: ChosenColumns;
  onChoose: (chosen: ChosenColumns) => void;
}

/** What a file holds, and the columns of a table: also where it could not be read, as others may be meant. */
export function FileHolds({ one, chosen, onChoose }: FileHoldsProps) {
  const styles = useStyles();
  const isRead = one.status === "completed";
  if (!isRead && !one.columns) return null;
  return (
    <Part title={imports.what}>
      {isRead && (
        <Text>{one.lines > 0 ? imports.holds(imports.formats[one.format], one.lines) : imports.nothing}</Text>
      )}
      {!isRead && one.columns && !canBeRead(one.columns, {}) && <Text>{imports.chooseColumns}</Text>}
      {one.regions > 0 && <Text className={styles.quiet}>{imports.regions(one.regions)}</Text>}
      {one.columns && (
        <ColumnChoices told={one.columns} haveLines={one.lines > 0} chosen={chosen} onChoose={onChoose} />
      )}
    </Part>
  );
}

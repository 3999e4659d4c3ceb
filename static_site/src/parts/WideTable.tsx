import { Table, TableBody, TableHeader, TableHeaderCell, TableRow, makeStyles, mergeClasses } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  scroll: { overflowX: "auto" },
  // As wide as what is in them, as far as there is room.
  table: { tableLayout: "auto", minWidth: "640px" },
  narrow: { minWidth: 0 },
});

interface WideTableProps {
  label: string;
  columns: readonly string[];
  size?: "small" | "medium";
  /** Its few columns have room enough on a phone. */
  narrow?: boolean;
  /** Its rows. */
  children: ReactNode;
}

/** A table that is scrolled sideways where there is less room, by keys, too. */
export function WideTable({ label, columns, size, narrow = false, children }: WideTableProps) {
  const styles = useStyles();
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={label}>
      <Table size={size} className={mergeClasses(styles.table, narrow && styles.narrow)} aria-label={label}>
        <TableHeader>
          <TableRow>
            {columns.map((column) => (
              <TableHeaderCell key={column}>{column}</TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>{children}</TableBody>
      </Table>
    </div>
  );
}

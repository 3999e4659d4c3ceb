import { Table, TableBody, TableHeader, TableHeaderCell, TableRow, makeStyles } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  scroll: { overflowX: "auto" },
  // As wide as what is in them, as far as there is room.
  table: { tableLayout: "auto", minWidth: "640px" },
});

interface WideTableProps {
  label: string;
  columns: readonly string[];
  size?: "small" | "medium";
  /** Its rows. */
  children: ReactNode;
}

/** A table that is scrolled sideways where there is less room, by keys, too. */
export function WideTable({ label, columns, size, children }: WideTableProps) {
  const styles = useStyles();
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={label}>
      <Table size={size} className={styles.table} aria-label={label}>
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

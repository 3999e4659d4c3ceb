import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { Shortened } from "./Shortened";

/** Beside fewer figures there is room for names. */
const MANY = 5;

const useStyles = makeStyles({
  table: { tableLayout: "auto" },
  cell: { paddingBlock: tokens.spacingVerticalXS },
  name: { minWidth: "152px", maxWidth: "240px", overflowWrap: "anywhere" },
  wide: { width: "40%" },
  figure: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  remark: { display: "block", color: tokens.colorNeutralForeground2 },
  note: { display: "block", color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
  few: { color: tokens.colorNeutralForeground3 },
});

/** A figure in a table. note: what it rests on, such as its interval. few: that is too little to say much: it is gray. */
export interface TableFigure {
  value: ReactNode;
  note?: string;
  few?: boolean;
}

/** remark: beneath the name. figures: one for each column but the first. */
export interface FiguresRow {
  key: string;
  name: ReactNode;
  remark?: string | false;
  figures: readonly (TableFigure | string)[];
}

interface FiguresTableProps {
  title: string;
  columns: readonly string[];
  rows: readonly FiguresRow[];
  /** So many are seen at first. */
  first: number;
  /** Below this it is scrolled sideways. */
  minWidth: string;
}

/** Figures of labels or of people, a row for each. */
export function FiguresTable({ title, columns, rows, first, minWidth }: FiguresTableProps) {
  const styles = useStyles();
  return (
    <Shortened title={title} rows={rows} first={first}>
      {(shown) => (
        <Table size="small" className={styles.table} style={{ minWidth }} aria-label={title}>
          <TableHeader>
            <TableRow>
              {columns.map((column) => (
                <TableHeaderCell key={column}>{column}</TableHeaderCell>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {shown.map(({ key, name, remark, figures }) => (
              <TableRow key={key}>
                <TableCell className={mergeClasses(styles.cell, styles.name, figures.length < MANY && styles.wide)}>
                  {name}
                  {remark && (
                    <Text size={200} className={styles.remark}>
                      {remark}
                    </Text>
                  )}
                </TableCell>
                {figures.map((figure, index) => (
                  <FigureCell key={columns[index + 1]} figure={typeof figure === "string" ? { value: figure } : figure} />
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Shortened>
  );
}

function FigureCell({ figure: { value, note, few = false } }: { figure: TableFigure }) {
  const styles = useStyles();
  return (
    <TableCell className={mergeClasses(styles.cell, styles.figure, few && styles.few)}>
      {value}
      {note && (
        <Text size={200} className={mergeClasses(styles.note, few && styles.few)}>
          {note}
        </Text>
      )}
    </TableCell>
  );
}

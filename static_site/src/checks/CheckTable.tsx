import {
  Button,
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
import { useState } from "react";
import type { CheckFigures } from "../api/types";
import { Section } from "../parts/Section";
import { texts } from "../texts";
import { checks } from "../texts/checks";
import { decidedOf, FEW, isFew, marginIn, rowsOf } from "./figures";

/** So many rows are seen at first. */
const SHOWN = 20;

const useStyles = makeStyles({
  scroll: { overflowX: "auto" },
  table: { minWidth: "420px", tableLayout: "auto" },
  name: { minWidth: "120px", maxWidth: "240px", overflowWrap: "anywhere" },
  number: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  head: { whiteSpace: "nowrap" },
  few: { color: tokens.colorNeutralForeground3 },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: { alignSelf: "flex-start" },
});

interface CheckTableProps {
  title: string;
  /** What the rows are. */
  first: string;
  rows: readonly (CheckFigures & { key: string; name: string })[];
}

/** What a check found by label or by person; in gray what rests on too little. */
export function CheckTable({ title, first, rows }: CheckTableProps) {
  const styles = useStyles();
  const [isWhole, setWhole] = useState(false);
  const { columns, ...words } = checks;
  const known = rowsOf(rows);
  const shown = isWhole ? known : known.slice(0, SHOWN);
  return (
    <Section title={title}>
      {known.length === 0 ? (
        <Text className={styles.quiet}>{words.noShare}</Text>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={title}>
          <Table size="small" className={styles.table} aria-label={title}>
            <TableHeader>
              <TableRow>
                {[first, columns.right, columns.share, columns.interval, columns.margin].map((column) => (
                  <TableHeaderCell key={column} className={styles.head}>
                    {column}
                  </TableHeaderCell>
                ))}
              </TableRow>
            </TableHeader>
            <TableBody>
              {shown.map((row) => {
                const number = mergeClasses(styles.number, isFew(row) && styles.few);
                const { share, interval } = row;
                return (
                  <TableRow key={row.key}>
                    <TableCell className={mergeClasses(styles.name, isFew(row) && styles.few)}>{row.name}</TableCell>
                    <TableCell className={number}>{words.of(row.right, decidedOf(row))}</TableCell>
                    <TableCell className={number}>{share === null ? "" : words.percent(share)}</TableCell>
                    <TableCell className={number}>{interval && words.interval(interval)}</TableCell>
                    <TableCell className={number}>{interval && words.margin(marginIn(interval))}</TableCell>
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        </div>
      )}
      {known.length > SHOWN && (
        <Button className={styles.more} size="small" onClick={() => setWhole(!isWhole)}>
          {isWhole ? texts.common.showFirst(SHOWN) : texts.common.showAll(known.length)}
        </Button>
      )}
      {known.some(isFew) && (
        <Text size={200} className={styles.quiet}>
          {words.tooFew(FEW)}
        </Text>
      )}
    </Section>
  );
}

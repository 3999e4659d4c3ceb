import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useMemo } from "react";
import type { Agreement } from "../../../api/types";
import { Section } from "../../../parts/Section";
import { Shortened } from "../../../parts/Shortened";
import { agreement as said } from "../../../texts/agreement";
import { leastFirst } from "./measures";

const FIRST = 8;

const useStyles = makeStyles({
  table: { minWidth: "400px", tableLayout: "auto" },
  name: { width: "45%", overflowWrap: "anywhere" },
  number: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  between: { color: tokens.colorNeutralForeground2 },
});

/** How far people agree which images have a label, the least agreed first. */
export function AgreementByLabel({ labels }: { labels: Agreement["byLabel"] }) {
  const styles = useStyles();
  const sorted = useMemo(() => leastFirst(labels), [labels]);
  return (
    <Section title={said.byLabel}>
      <Shortened title={said.byLabel} rows={sorted} first={FIRST}>
        {(rows) => (
          <Table size="small" className={styles.table} aria-label={said.byLabel}>
            <TableHeader>
              <TableRow>
                {said.labelColumns.map((column) => (
                  <TableHeaderCell key={column}>{column}</TableHeaderCell>
                ))}
              </TableRow>
            </TableHeader>
            <TableBody>
              {rows.map(({ label, agreement, alpha, interval }) => (
                <TableRow key={label}>
                  <TableCell className={styles.name}>{label}</TableCell>
                  <TableCell className={styles.number}>{said.alphaOf(alpha)}</TableCell>
                  <TableCell className={styles.number}>
                    <span className={styles.between}>{interval && said.alphaRange(interval)}</span>
                  </TableCell>
                  <TableCell className={styles.number}>{said.share(agreement ?? 0)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Shortened>
    </Section>
  );
}

import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { CheckFigures } from "../api/types";
import { FEW } from "../parts/few";
import { FiguresTable } from "../parts/FiguresTable";
import { Section } from "../parts/Section";
import { checks } from "../texts/checks";
import { decidedOf, isFew, marginIn, rowsOf } from "./figures";

const FIRST = 20;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface CheckTableProps {
  title: string;
  /** What the rows are. */
  first: string;
  rows: readonly (CheckFigures & { key: string; name: ReactNode })[];
}

/** What a check found by label or by person; in gray what rests on too little. */
export function CheckTable({ title, first, rows }: CheckTableProps) {
  const styles = useStyles();
  const { columns, ...words } = checks;
  const known = rowsOf(rows);
  const figured = known.map((row) => {
    const { key, name, right, share, interval } = row;
    const figures = [
      words.of(right, decidedOf(row)),
      share === null ? "" : words.percent(share),
      interval ? words.interval(interval) : "",
      interval ? words.margin(marginIn(interval)) : "",
    ];
    return { key, name, figures: figures.map((value) => ({ value, few: isFew(row) })) };
  });
  return (
    <Section title={title}>
      {known.length === 0 ? (
        <Text className={styles.quiet}>{words.noShare}</Text>
      ) : (
        <FiguresTable
          title={title}
          columns={[first, columns.right, columns.share, columns.interval, columns.margin]}
          rows={figured}
          first={FIRST}
          minWidth="420px"
        />
      )}
      {known.some(isFew) && (
        <Text size={200} className={styles.quiet}>
          {words.tooFew(FEW)}
        </Text>
      )}
    </Section>
  );
}

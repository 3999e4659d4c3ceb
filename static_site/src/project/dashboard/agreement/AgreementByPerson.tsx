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
import type { Agreement, Project } from "../../../api/types";
import { formatNumber, formatShare } from "../../../parts/format";
import { TextLink } from "../../../parts/LinkButton";
import { Section } from "../../../parts/Section";
import { Shortened } from "../../../parts/Shortened";
import { agreement as said } from "../../../texts/agreement";
import { dataAddress } from "../dataAddress";
import { FEW } from "./measures";

const FIRST = 8;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  table: { minWidth: "400px", tableLayout: "auto" },
  name: { width: "45%", overflowWrap: "anywhere" },
  number: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  few: { color: tokens.colorNeutralForeground3 },
});

interface AgreementByPersonProps {
  project: Project;
  people: Agreement["byLabeler"];
}

/** How often each says what was decided; in gray, and said so, where it rests on too little. */
export function AgreementByPerson({ project, people }: AgreementByPersonProps) {
  const styles = useStyles();
  return (
    <Section title={said.people}>
      <Text className={styles.quiet}>
        {people.length === 0 ? said.noPeople : said.peopleWords}
      </Text>
      {people.length > 0 && (
        <Shortened title={said.people} rows={people} first={FIRST}>
          {(rows) => (
            <Table size="small" className={styles.table} aria-label={said.people}>
              <TableHeader>
                <TableRow>
                  {said.peopleColumns.map((column) => (
                    <TableHeaderCell key={column}>{column}</TableHeaderCell>
                  ))}
                </TableRow>
              </TableHeader>
              <TableBody>
                {rows.map((person) => {
                  const number = mergeClasses(styles.number, person.images < FEW && styles.few);
                  const between = person.interval ? said.range(person.interval) : "";
                  return (
                    <TableRow key={person.userId}>
                      <TableCell className={styles.name}>
                        <TextLink to={dataAddress(project.id, { labeler: person.userId })}>{person.name}</TextLink>
                      </TableCell>
                      <TableCell className={number}>{formatShare(person.agreed, person.images)}</TableCell>
                      <TableCell className={number}>
                        {said.note(between, person.images < FEW)}
                      </TableCell>
                      <TableCell className={number}>{formatNumber(person.images)}</TableCell>
                    </TableRow>
                  );
                })}
              </TableBody>
            </Table>
          )}
        </Shortened>
      )}
    </Section>
  );
}

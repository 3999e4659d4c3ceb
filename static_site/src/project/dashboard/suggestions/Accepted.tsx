import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import type { Assist, Project } from "../../../api/types";
import { formatNumber, formatShare } from "../../../parts/format";
import { TextLink } from "../../../parts/LinkButton";
import { Section } from "../../../parts/Section";
import { Shortened } from "../../../parts/Shortened";
import { texts } from "../../../texts";
import { dataAddress } from "../dataAddress";
import { acceptsAll } from "./learned";

const FIRST = 8;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  table: { minWidth: "400px", tableLayout: "auto" },
  name: { width: "50%", overflowWrap: "anywhere" },
  number: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  remark: { display: "block", color: tokens.colorNeutralForeground2 },
});

interface AcceptedProps {
  project: Project;
  assist: Assist;
}

/** What each person did with the sure suggestions that they saw. */
export function Accepted({ project, assist }: AcceptedProps) {
  const styles = useStyles();
  return (
    <Section title={texts.accepted.title}>
      {assist.byLabeler.length === 0 ? (
        <Text className={styles.quiet}>{texts.accepted.none}</Text>
      ) : (
        <Shortened title={texts.accepted.title} rows={assist.byLabeler} first={FIRST}>
          {(rows) => (
            <Table size="small" className={styles.table} aria-label={texts.accepted.title}>
              <TableHeader>
                <TableRow>
                  {texts.accepted.columns.map((column) => (
                    <TableHeaderCell key={column}>{column}</TableHeaderCell>
                  ))}
                </TableRow>
              </TableHeader>
              <TableBody>
                {rows.map((labeler) => (
                  <TableRow key={labeler.userId}>
                    <TableCell className={styles.name}>
                      <TextLink to={dataAddress(project.id, { labeler: labeler.userId })}>{labeler.name}</TextLink>
                      {acceptsAll(labeler, assist) && (
                        <Text size={200} className={styles.remark}>
                          {texts.accepted.all(labeler.accepted)}
                        </Text>
                      )}
                    </TableCell>
                    <TableCell className={styles.number}>{formatNumber(labeler.accepted)}</TableCell>
                    <TableCell className={styles.number}>{formatNumber(labeler.changed)}</TableCell>
                    <TableCell className={styles.number}>
                      {formatShare(labeler.accepted, labeler.accepted + labeler.changed)}
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          )}
        </Shortened>
      )}
    </Section>
  );
}

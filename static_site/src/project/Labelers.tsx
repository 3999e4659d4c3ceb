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
import type { Progress } from "../api/types";
import { formatNumber } from "../parts/format";
import { texts } from "../texts";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  number: { width: "84px" },
  name: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
});

export function Labelers({ labelers }: { labelers: Progress["byLabeler"] }) {
  const styles = useStyles();
  if (labelers.length === 0) return <Text className={styles.quiet}>{texts.dashboard.noLabelers}</Text>;
  return (
    <Table size="small" aria-label={texts.dashboard.byLabeler}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{texts.dashboard.labeler}</TableHeaderCell>
          <TableHeaderCell className={styles.number}>{texts.states.labeled}</TableHeaderCell>
          <TableHeaderCell className={styles.number}>{texts.states.skipped}</TableHeaderCell>
          <TableHeaderCell className={styles.number}>{texts.dashboard.rejected}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {labelers.map((labeler) => (
          <TableRow key={labeler.userId}>
            <TableCell className={styles.name} title={labeler.name}>
              {labeler.name}
            </TableCell>
            <TableCell>{formatNumber(labeler.labeled)}</TableCell>
            <TableCell>{formatNumber(labeler.skipped)}</TableCell>
            <TableCell>{formatNumber(labeler.rejected)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

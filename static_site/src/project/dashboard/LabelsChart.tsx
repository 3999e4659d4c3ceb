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
import { useMemo } from "react";
import type { Progress, Project } from "../../api/types";
import { formatNumber, formatShare } from "../../parts/format";
import { LabelSwatch } from "../../parts/LabelSwatch";
import { texts } from "../../texts";
import { ChartFrame } from "./ChartFrame";
import { barsOf } from "./barsOf";
import { LabelBars } from "./LabelBars";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

interface LabelsChartProps {
  project: Project;
  counts: Progress["byLabel"];
}

/** How many images have each label. */
export function LabelsChart({ project, counts }: LabelsChartProps) {
  const styles = useStyles();
  const all = counts.reduce((sum, one) => sum + one.count, 0);
  const known = useMemo(() => new Map(counts.map((one) => [one.label, one.count])), [counts]);
  const bars = useMemo(() => barsOf(project.labels, known), [project.labels, known]);
  return (
    <ChartFrame
      title={texts.dashboard.byLabel}
      chart={
        all === 0 ? (
          <Text className={styles.quiet}>{texts.dashboard.noneLabeled}</Text>
        ) : (
          <LabelBars bars={bars} label={texts.dashboard.labelChart(project.labels.length, all)} />
        )
      }
      table={
        <Table size="small" aria-label={texts.dashboard.byLabel}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell>{texts.data.label}</TableHeaderCell>
              <TableHeaderCell>{texts.dashboard.images}</TableHeaderCell>
              <TableHeaderCell>{texts.dashboard.share}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {project.labels.map((label) => (
              <TableRow key={label.id}>
                <TableCell>
                  <LabelSwatch label={label} />
                </TableCell>
                <TableCell>{formatNumber(known.get(label.name) ?? 0)}</TableCell>
                <TableCell>{formatShare(known.get(label.name) ?? 0, all)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      }
    />
  );
}

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
import { labelColor } from "../../parts/colors";
import { formatNumber, formatShare } from "../../parts/format";
import { LabelSwatch } from "../../parts/LabelSwatch";
import { lazily } from "../../parts/lazily";
import { texts } from "../../texts";
import { CHART_HEIGHT, ChartFrame } from "./ChartFrame";

const LabelChart = lazily(() => import("./charts").then((charts) => ({ default: charts.LabelChart })));

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

/** More bars than these nobody reads; the table has all. */
const MOST_BARS = 25;

interface LabelsChartProps {
  project: Project;
  counts: Progress["byLabel"];
}

/** How many images have each label. */
export function LabelsChart({ project, counts }: LabelsChartProps) {
  const styles = useStyles();
  const all = counts.reduce((sum, one) => sum + one.count, 0);
  const bars = useMemo(() => {
    const known = new Map(counts.map((one) => [one.label, one.count]));
    return project.labels.map((label) => ({
      name: label.name,
      count: known.get(label.name) ?? 0,
      color: labelColor(label.id).background,
    }));
  }, [project.labels, counts]);
  const shown = useMemo(
    () => (bars.length > MOST_BARS ? bars.toSorted((one, other) => other.count - one.count).slice(0, MOST_BARS) : bars),
    [bars],
  );
  return (
    <ChartFrame
      title={texts.dashboard.byLabel}
      chart={
        all === 0 ? (
          <Text className={styles.quiet}>{texts.dashboard.noneLabeled}</Text>
        ) : (
          <>
            {shown.length < bars.length && <Text size={200}>{texts.dashboard.mostFrequent(MOST_BARS)}</Text>}
            <LabelChart
              bars={shown}
              height={CHART_HEIGHT}
              label={texts.dashboard.labelChart(project.labels.length, all)}
            />
          </>
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
            {project.labels.map((label, index) => (
              <TableRow key={label.id}>
                <TableCell>
                  <LabelSwatch label={label} />
                </TableCell>
                <TableCell>{formatNumber(bars[index]?.count ?? 0)}</TableCell>
                <TableCell>{formatShare(bars[index]?.count ?? 0, all)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      }
    />
  );
}

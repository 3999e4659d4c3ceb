import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from "@fluentui/react-components";
import { lazy, useMemo } from "react";
import type { Progress, Project } from "../../api/types";
import { labelColor } from "../../parts/colors";
import { formatNumber, formatShare } from "../../parts/format";
import { LabelSwatch } from "../../parts/LabelSwatch";
import { texts } from "../../texts";
import { CHART_HEIGHT, ChartFrame } from "./ChartFrame";

const LabelChart = lazy(() => import("./charts").then((charts) => ({ default: charts.LabelChart })));

interface LabelsChartProps {
  project: Project;
  counts: Progress["byLabel"];
}

/** How many images have each label. */
export function LabelsChart({ project, counts }: LabelsChartProps) {
  const all = counts.reduce((sum, one) => sum + one.count, 0);
  const bars = useMemo(() => {
    const known = new Map(counts.map((one) => [one.label, one.count]));
    return project.labels.map((label) => ({
      name: label.name,
      count: known.get(label.name) ?? 0,
      color: labelColor(label.id).background,
    }));
  }, [project.labels, counts]);
  return (
    <ChartFrame
      title={texts.dashboard.byLabel}
      chart={<LabelChart bars={bars} height={CHART_HEIGHT} label={texts.dashboard.labelChart(project.labels.length, all)} />}
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

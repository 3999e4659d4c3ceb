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
import { treeOf } from "../../parts/labelGroups";
import { taskOf } from "../../tasks";
import { texts } from "../../texts";
import * as dashboardTexts from "../../texts/dashboard";
import { ChartFrame } from "./ChartFrame";
import { barsOf, noneBar } from "./barsOf";
import { LabelBars } from "./LabelBars";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

interface LabelsChartProps {
  project: Project;
  progress: Pick<Progress, "byLabel" | "labeled" | "empty">;
}

/** How many images have each label; where they may have several, also how many have none. */
export function LabelsChart({ project, progress }: LabelsChartProps) {
  const styles = useStyles();
  const { byLabel: counts, labeled, empty } = progress;
  const given = counts.reduce((sum, one) => sum + one.count, 0);
  const known = useMemo(() => new Map(counts.map((one) => [one.label, one.count])), [counts]);
  // Where an image has several labels, those of a group do not add up to its images.
  const { isOneLabel } = taskOf(project);
  const all = isOneLabel ? given : labeled;
  const bars = useMemo(() => {
    const ofLabels = barsOf(project.labels, known, isOneLabel);
    return isOneLabel ? ofLabels : [...ofLabels, noneBar(empty)];
  }, [project.labels, known, isOneLabel, empty]);
  return (
    <ChartFrame
      title={dashboardTexts.dashboard.byLabel}
      chart={
        all === 0 ? (
          <Text className={styles.quiet}>{dashboardTexts.dashboard.noneLabeled}</Text>
        ) : (
          <LabelBars
            bars={bars}
            label={
              isOneLabel
                ? dashboardTexts.dashboard.labelChart(project.labels.length, all)
                : dashboardTexts.dashboard.severalLabelsChart(labeled, given)
            }
          />
        )
      }
      table={
        <Table size="small" aria-label={dashboardTexts.dashboard.byLabel}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell>{texts.data.label}</TableHeaderCell>
              <TableHeaderCell>{dashboardTexts.dashboard.images}</TableHeaderCell>
              <TableHeaderCell>{dashboardTexts.dashboard.share}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {treeOf(project.labels).map((row) => {
              const labels = row.kind === "group" ? row.labels : [row.label];
              const count = labels.reduce((sum, { name }) => sum + (known.get(name) ?? 0), 0);
              const isTold = row.kind === "label" || isOneLabel;
              return (
                <TableRow key={row.kind === "group" ? row.path : row.label.id}>
                  <TableCell style={{ paddingInlineStart: `${row.depth * 14 + 8}px` }}>
                    {row.kind === "group" ? <Text weight="semibold">{row.name}</Text> : <LabelSwatch label={row.label} />}
                  </TableCell>
                  <TableCell>{isTold && formatNumber(count)}</TableCell>
                  <TableCell>{isTold && formatShare(count, all)}</TableCell>
                </TableRow>
              );
            })}
            {!isOneLabel && (
              <TableRow>
                <TableCell>{texts.data.noLabel}</TableCell>
                <TableCell>{formatNumber(empty)}</TableCell>
                <TableCell>{formatShare(empty, all)}</TableCell>
              </TableRow>
            )}
          </TableBody>
        </Table>
      }
    />
  );
}

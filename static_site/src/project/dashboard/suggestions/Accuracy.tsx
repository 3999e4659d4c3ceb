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
import type { Training } from "../../../api/types";
import { formatNumber, formatShare } from "../../../parts/format";
import { lazily } from "../../../parts/lazily";
import { texts } from "../../../texts";
import { CHART_HEIGHT, ChartFrame } from "../ChartFrame";
import { curveOf, type Point } from "./learned";

const ShareChart = lazily(() => import("../charts").then((charts) => ({ default: charts.ShareChart })));

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

const linesOf = (points: readonly Point[]) => [
  { name: texts.assistCurve.right, points: points.map((point) => ({ x: point.labels, share: point.right })) },
  { name: texts.assistCurve.sure, points: points.map((point) => ({ x: point.labels, share: point.sure })) },
];

/** How suggestions became better with more labels. */
export function Accuracy({ trainings }: { trainings: readonly Training[] }) {
  const styles = useStyles();
  const points = useMemo(() => curveOf(trainings), [trainings]);
  const lines = useMemo(() => linesOf(points), [points]);
  const newest = points.at(-1);
  return (
    <ChartFrame
      title={texts.assistCurve.title}
      chart={
        newest === undefined || points.length < 2 ? (
          <Text className={styles.quiet}>{texts.assistCurve.tooFew}</Text>
        ) : (
          <ShareChart
            lines={lines}
            height={CHART_HEIGHT}
            below={texts.assistCurve.labels}
            label={texts.assistCurve.chart(points.length, formatShare(newest.right, 1), newest.labels)}
          />
        )
      }
      table={
        <Table size="small" aria-label={texts.assistCurve.title}>
          <TableHeader>
            <TableRow>
              {[texts.assistCurve.labels, texts.assistCurve.right, texts.assistCurve.sure].map((column) => (
                <TableHeaderCell key={column}>{column}</TableHeaderCell>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {points.toReversed().map((point) => (
              <TableRow key={point.labels}>
                <TableCell>{formatNumber(point.labels)}</TableCell>
                <TableCell>{formatShare(point.right, 1)}</TableCell>
                <TableCell>{formatShare(point.sure, 1)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      }
    />
  );
}

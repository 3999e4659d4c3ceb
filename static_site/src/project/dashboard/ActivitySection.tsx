import {
  Select,
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
import { useMemo, useState } from "react";
import { useActivity } from "../../api/queries/projects";
import type { Activity } from "../../api/types";
import { formatDay, formatHour, formatNumber, formatWeekHour } from "../../parts/format";
import { lazily } from "../../parts/lazily";
import { Loaded } from "../../parts/States";
import { useNow } from "../../parts/useNow";
import { texts } from "../../texts";
import * as dashboardTexts from "../../texts/dashboard";
import { CHART_HEIGHT, ChartFrame } from "./ChartFrame";
import type { Bar } from "./charts";
import { everyDay, everyHour } from "./pace";

const TimeChart = lazily(() => import("./charts").then((charts) => ({ default: charts.TimeChart })));

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

/** A chart has room for so many days; the table has all. */
const MOST_DAYS = 90;
const STEP_MS = 60_000;
const NONE: Activity = { hours: [], days: [] };

type Span = "hours" | "days";

function barsOf(activity: Activity, span: Span, now: number): Bar[] {
  if (span === "hours")
    return everyHour(activity.hours, now).map(({ at, labeled }) => ({
      name: formatWeekHour(at),
      title: formatHour(at),
      count: labeled,
    }));
  return everyDay(activity.days, now, MOST_DAYS).map(({ at, labeled }) => ({
    name: formatDay(at),
    title: formatDay(at),
    count: labeled,
  }));
}

function Rows({ activity, span }: { activity: Activity; span: Span }) {
  const rows =
    span === "hours"
      ? activity.hours.map((hour) => ({ name: formatHour(new Date(hour.at)), labeled: hour.labeled }))
      : activity.days.map((day) => ({ name: formatDay(new Date(day.date)), labeled: day.labeled }));
  return (
    <Table size="small" aria-label={dashboardTexts.dashboard.overTime}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{dashboardTexts.dashboard.units[span]}</TableHeaderCell>
          <TableHeaderCell>{texts.states.labeled}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.toReversed().map((row) => (
          <TableRow key={row.name}>
            <TableCell>{row.name}</TableCell>
            <TableCell>{formatNumber(row.labeled)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** How many labels were set when. */
export function ActivitySection({ projectId }: { projectId: string }) {
  const styles = useStyles();
  const query = useActivity(projectId);
  const [span, setSpan] = useState<Span>("hours");
  const now = useNow(STEP_MS);
  const activity = query.data ?? NONE;
  const bars = useMemo(() => barsOf(activity, span, now), [activity, span, now]);
  const sum = bars.reduce((total, bar) => total + bar.count, 0);
  return (
    <ChartFrame
      title={dashboardTexts.dashboard.overTime}
      action={
        <Select
          size="small"
          value={span}
          aria-label={dashboardTexts.dashboard.span}
          onChange={(_, data) => setSpan(data.value as Span)}
        >
          <option value="hours">{dashboardTexts.dashboard.spans.hours}</option>
          <option value="days">{dashboardTexts.dashboard.spans.days}</option>
        </Select>
      }
      chart={
        <Loaded query={query}>
          {() =>
            sum === 0 ? (
              <Text className={styles.quiet}>{dashboardTexts.dashboard.noLabels}</Text>
            ) : (
              <TimeChart bars={bars} height={CHART_HEIGHT} label={dashboardTexts.dashboard.timeChart[span](sum)} />
            )
          }
        </Loaded>
      }
      table={<Rows activity={activity} span={span} />}
    />
  );
}

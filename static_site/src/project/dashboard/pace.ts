import type { Activity } from "../../api/types";

const HOUR_MS = 3_600_000;
/** The running hour counts as at least this part of one: a page sent in its first minute is no pace yet. */
const LEAST_PART = 0.25;

function midnight(now: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** Labels in an hour of labeling, over the clock hours of this day (as the reader's clock has it) in which there were any;
 *  null while there were none. */
export function paceToday(hours: Activity["hours"], now: number): number | null {
  const today = hours.filter((hour) => Date.parse(hour.at) + HOUR_MS > midnight(now) && hour.labeled > 0);
  const spent = today.map((hour) => Math.min(1, Math.max(LEAST_PART, (now - Date.parse(hour.at)) / HOUR_MS)));
  const labeled = today.reduce((sum, hour) => sum + hour.labeled, 0);
  return labeled > 0 ? labeled / spent.reduce((sum, part) => sum + part, 0) : null;
}

/** How many hours of labeling are left; null where that cannot be told, or nothing is. */
export function hoursLeft(left: number, pace: number | null): number | null {
  return left > 0 && pace !== null ? left / pace : null;
}

/** What somebody has labeled since midnight, of the hours up to now. */
export function labeledToday(lastHours: readonly number[], now: number): number {
  const since = Math.ceil((now - midnight(now)) / HOUR_MS) || 1;
  return lastHours.slice(-since).reduce((sum, count) => sum + count, 0);
}

export interface Point {
  at: Date;
  labeled: number;
}

/** The last 48 clock hours, those without labels too, oldest first. */
export function everyHour(hours: Activity["hours"], now: number): Point[] {
  const known = new Map(hours.map((hour) => [Date.parse(hour.at), hour.labeled]));
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  return Array.from({ length: 48 }, (_, index) => last - (47 - index) * HOUR_MS).map((at) => ({
    at: new Date(at),
    labeled: known.get(at) ?? 0,
  }));
}

/** All days from the first with labels to today, at most so many, oldest first. Days are UTC's, shown as such. */
export function everyDay(days: Activity["days"], now: number, most: number): Point[] {
  const known = new Map(days.map((day) => [day.date, day.labeled]));
  const today = Math.floor(now / (24 * HOUR_MS));
  const first = days[0] ? Date.parse(days[0].date) / (24 * HOUR_MS) : today;
  // One week at least: a single bar is no course of time.
  const count = Math.min(most, Math.max(7, today - first + 1));
  return Array.from({ length: count }, (_, index) => new Date((today - count + 1 + index) * 24 * HOUR_MS)).map((at) => ({
    at,
    labeled: known.get(at.toISOString().slice(0, 10)) ?? 0,
  }));
}

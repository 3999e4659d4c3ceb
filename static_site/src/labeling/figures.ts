import type { LabelerFigures, Progress } from "../api/types";
import type { OutboxView } from "../outbox/outbox";
import { countsOf, type Sending } from "../outbox/sendings";

const HOUR_MS = 3_600_000;

/** Whether it is known which of the labeler's pages are in the figures: none was on its way while they were asked for. */
export const isClear = (progress: Progress, { waiting, settled }: OutboxView, projectId: string): boolean =>
  !waiting.some((one) => one.projectId === projectId) &&
  !settled.some(({ sending, at }) => sending.projectId === projectId && at >= progress.askedAt);

/** The figures as they are once all that a labeler has submitted in the project has arrived and been counted. isDecided:
 *  what one person says of an image is its label; else nobody knows yet what becomes of it. */
export function withSubmitted(
  progress: Progress,
  outbox: OutboxView,
  projectId: string,
  user: string,
  isDecided = true,
): Progress {
  // What arrived after the figures were asked for may not be in them.
  const uncounted = outbox.settled.filter(({ at, refusal }) => !refusal && at > progress.askedAt);
  const { labeled, skipped } = sum(projectId, [...outbox.waiting, ...uncounted.map(({ sending }) => sending)]);
  if (labeled + skipped === 0) return progress;
  return {
    ...progress,
    ...(isDecided && { labeled: progress.labeled + labeled, skipped: progress.skipped + skipped }),
    byLabeler: [
      ...progress.byLabeler.filter((row) => row.userId !== user),
      withLabeled(rowOf(progress, user), labeled, skipped),
    ],
  };
}

function sum(projectId: string, sendings: readonly Sending[]): { labeled: number; skipped: number } {
  const counts = sendings.filter((one) => one.projectId === projectId).map(countsOf);
  return {
    labeled: counts.reduce((all, one) => all + one.labeled, 0),
    skipped: counts.reduce((all, one) => all + one.skipped, 0),
  };
}

/** What a labeler has done; one who has labeled nothing yet has no row. */
export const rowOf = (progress: Progress, user: string): LabelerFigures =>
  progress.byLabeler.find((row) => row.userId === user) ?? {
    userId: user,
    name: "",
    labeled: 0,
    skipped: 0,
    rejected: 0,
    reviewed: 0,
    labeledPerHour: 0,
    lastHours: [0],
  };

const withLabeled = (row: LabelerFigures, labeled: number, skipped: number): LabelerFigures => ({
  ...row,
  labeled: row.labeled + labeled,
  skipped: row.skipped + skipped,
  labeledPerHour: row.labeledPerHour + labeled,
  lastHours: [...row.lastHours.slice(0, -1), (row.lastHours.at(-1) ?? 0) + labeled],
});

/** How many labels were set since midnight, where this machine is. lastHours: by clock hour, oldest first; the last one is
 *  that of `at`. */
export function labeledToday(lastHours: readonly number[], at: number): number {
  const midnight = new Date(at).setHours(0, 0, 0, 0);
  const current = Math.floor(at / HOUR_MS) * HOUR_MS;
  const isToday = (index: number) => current - (lastHours.length - 1 - index) * HOUR_MS >= midnight;
  return lastHours.reduce((all, count, index) => all + (isToday(index) ? count : 0), 0);
}

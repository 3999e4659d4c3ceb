import type { Progress } from "./types";

/** How often pages ask for what may change: often while it changes, and ever more seldom while it does not. */
export interface Easing {
  fastest: number;
  slowest: number;
}
export const EASY: Easing = { fastest: 5_000, slowest: 20_000 };
export const LIST_EASY: Easing = { fastest: 10_000, slowest: 60_000 };
/** After something has moved, what follows from it is looked at for so long. */
const AFTERMATH_MS = 60_000;

interface Seen {
  signature: string;
  /** When it was first seen, or moved last; and when it was seen to move. */
  since: number;
  moved: number;
}

const seen = new Map<string, Seen>();

/** All that moves by somebody's work, and not merely as time passes. */
const signatureOf = ({ byLabel, byLabeler, ...all }: Progress) =>
  JSON.stringify([
    [all.total, all.labeled, all.waiting, all.leased, all.skipped, all.preparing, all.missing, all.returned, all.reviewed],
    byLabel,
    byLabeler.map((one) => [one.userId, one.labeled, one.skipped, one.rejected]),
  ]);

/** To be told of each answer; says whether it has moved just now, or moved lately. */
export function noteProgress(projectId: string, progress: Progress, now: number): "now" | "lately" | null {
  const signature = signatureOf(progress);
  const before = seen.get(projectId);
  if (before?.signature === signature) return now - before.moved < AFTERMATH_MS ? "lately" : null;
  seen.set(projectId, { signature, since: now, moved: before ? now : Number.NEGATIVE_INFINITY });
  return before ? "now" : null;
}

/** When to look at a project again. */
export function easyPause(projectId: string, now: number, { fastest, slowest } = EASY): number {
  const since = seen.get(projectId)?.since ?? now;
  return Math.min(slowest, Math.max(fastest, (now - since) / 2));
}

/** The service's time. A labeler's machine may be wrong by many minutes, which must not make its leases seem over. */

/** Answers tell the time in whole seconds, and are some time on their way. */
const TOLERANCE_MS = 5_000;
let ahead = 0;

/** What this machine calls `ms`. */
export const serverTime = (ms: number): number => ms - ahead;
export const serverNow = (): number => serverTime(Date.now());

export function noteTime(answer: Response): void {
  const difference = Date.now() - Date.parse(answer.headers.get("Date") ?? "");
  if (!Number.isNaN(difference)) ahead = Math.abs(difference) > TOLERANCE_MS ? difference : 0;
}

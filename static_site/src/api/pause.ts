import { isProblem } from "./client";

const FIRST_MS = 1_000;
const LONGEST_MS = 20_000;
/** What a service may ask for at most: it may be well again long before a mistaken hour is over. */
const PATIENCE_MS = 300_000;

/** How long to wait before the same call is made again: as long as the service asks for, and longer each time. A little
 *  at random on top, as all who were sent away at the same moment would else come back at the same moment. */
export function pauseAfter(error: unknown, failures: number): number {
  const asked = isProblem(error) ? Math.min(error.retryAfterMs, PATIENCE_MS) : 0;
  return Math.max(asked, Math.min(FIRST_MS * 2 ** failures, LONGEST_MS)) * (1 + Math.random() / 4);
}

/** Until so long is over, or until it is ended: by something that may have mended what failed. null: only until then. */
export const pause = (ms: number | null, ended: AbortSignal): Promise<void> =>
  new Promise((resume) => {
    const timer = ms === null ? undefined : setTimeout(resume, ms);
    const end = () => {
      clearTimeout(timer);
      resume();
    };
    ended.addEventListener("abort", end, { once: true });
    if (ended.aborted) end();
  });

import { pauseAfter } from "../api/pause";

/** Until what has failed may be tried again: without a connection when there is one, else after a pause, or as soon as
 *  somebody comes back to the page, who may have signed in meanwhile. */
export function waitAfter(error: unknown, failures: number, signal: AbortSignal): Promise<void> {
  return new Promise((resume) => {
    const over = new AbortController();
    const end = () => {
      clearTimeout(timer);
      over.abort();
      resume();
    };
    const timer = navigator.onLine ? setTimeout(end, pauseAfter(error, failures)) : undefined;
    const once = { signal: over.signal };
    window.addEventListener("online", end, once);
    if (navigator.onLine) window.addEventListener("focus", end, once);
    signal.addEventListener("abort", end, once);
    if (signal.aborted) end();
  });
}

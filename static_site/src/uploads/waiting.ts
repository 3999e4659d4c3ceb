import { pause, pauseAfter } from "../api/pause";

/** Until what has failed may be tried again: without a connection when there is one, else after a pause, or as soon as
 *  somebody comes back to the page, who may have signed in meanwhile. */
export async function waitAfter(error: unknown, failures: number, signal: AbortSignal): Promise<void> {
  const back = new AbortController();
  const until = AbortSignal.any([signal, back.signal]);
  for (const event of navigator.onLine ? ["online", "focus"] : ["online"])
    window.addEventListener(event, () => back.abort(), { signal: until });
  await pause(navigator.onLine ? pauseAfter(error, failures) : null, until);
  back.abort();
}

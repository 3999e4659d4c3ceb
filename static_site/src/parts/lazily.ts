import { lazy, type ComponentType } from "react";
import { pauseAfter } from "../api/pause";

const TRIES = 3;

const connected = (): Promise<void> =>
  new Promise((resume) => window.addEventListener("online", () => resume(), { once: true }));

/** What `load` gives. Without a connection this waits for one; with one, the third failure is thrown. */
export async function loaded<T>(load: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await load();
    } catch (error) {
      if (!navigator.onLine) await connected();
      else if (failures + 1 === TRIES) throw error;
      else await new Promise((resume) => setTimeout(resume, pauseAfter(error, failures)));
    }
  }
}

/** A part of the site that is loaded when it is first shown, over networks that come and go, too. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as React types it
export const lazily = <C extends ComponentType<any>>(load: () => Promise<{ default: C }>) => lazy(() => loaded(load));

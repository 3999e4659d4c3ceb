import { createElement, lazy, useState, type ComponentProps, type ComponentType } from "react";
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

/** A part of the site that is loaded when it is first shown, over networks that come and go, too. What was loaded ahead
 *  is shown at once: React would wait a third of a second, and what is typed meanwhile would go elsewhere. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as React types it
export function lazily<C extends ComponentType<any>>(load: () => Promise<{ default: C }>) {
  let ready: C | undefined;
  const loadPart = async () => {
    const part = await load();
    ready = part.default;
    return part;
  };
  const Later = lazy(() => loaded(loadPart)) as unknown as C;
  function Part(props: ComponentProps<C>) {
    // The same as long as it is shown.
    const [shown] = useState({ part: ready ?? Later });
    return createElement(shown.part, props);
  }
  return Object.assign(Part, { load: loadPart });
}

import { useSyncExternalStore } from "react";

export type NoticeIntent = "success" | "info" | "warning" | "error";

export interface Notice {
  text: string;
  intent: NoticeIntent;
  /** What one may do about it at once. */
  action?: { text: string; run: () => void };
  /** What it is about: what was said of the same before, goes. */
  subject?: string;
}

/** What is yet to be said. Who shows it is loaded with the first notice: most visits have none. */
let unsaid: readonly Notice[] = [];
const listeners = new Set<() => void>();

function set(notices: readonly Notice[]): void {
  unsaid = notices;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useUnsaid = (): readonly Notice[] => useSyncExternalStore(subscribe, () => unsaid);

/** Takes what is to be said; nothing is said twice. */
export function takeNotices(): readonly Notice[] {
  const taken = unsaid;
  if (taken.length > 0) set([]);
  return taken;
}

/** Says something quietly, at the top, without taking the focus. */
export function notify(text: string, intent: NoticeIntent = "success", more: Pick<Notice, "action" | "subject"> = {}): void {
  set([...unsaid, { text, intent, ...more }]);
}

import { useSyncExternalStore } from "react";

/** Whether the service has answered the last call that was made. */
let answers = true;
const listeners = new Set<() => void>();

export function noteReach(answered: boolean): void {
  if (answered === answers) return;
  answers = answered;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useReach = (): boolean => useSyncExternalStore(subscribe, () => answers);

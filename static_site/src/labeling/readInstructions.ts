import { useEffect, useSyncExternalStore } from "react";
import type { Project } from "../api/types";
import { browserStore } from "../parts/browserStore";

/** Which instructions somebody has read in this browser, by project. */
const keyOf = (projectId: string): string => `instructions:${projectId}`;
const written = ({ instructions }: Project): string => JSON.stringify([instructions.text, instructions.url]);
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function noteRead(project: Project): void {
  if (browserStore.get(keyOf(project.id)) === written(project)) return;
  browserStore.set(keyOf(project.id), written(project));
  for (const listener of listeners) listener();
}

/** Whether the instructions have changed since they were read. Who has never opened them begins with those there are. */
export function useHaveChanged(project: Project): boolean {
  const read = useSyncExternalStore(subscribe, () => browserStore.get(keyOf(project.id)));
  useEffect(() => {
    if (read === null) noteRead(project);
  }, [read, project]);
  return read !== null && read !== written(project);
}

import { useState } from "react";
import { browserStore } from "../parts/browserStore";

const keyOf = (project: string): string => `folded|${project}`;

function load(project: string): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(browserStore.get(keyOf(project)) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.filter((one) => typeof one === "string") : []);
  } catch {
    return new Set();
  }
}

/** The groups that somebody has folded in a project, as this browser keeps them for the next page and visit. */
export function useFolded(project: string): [ReadonlySet<string>, (path: string) => void] {
  const [folded, setFolded] = useState(() => load(project));
  const turn = (path: string) => {
    const now = new Set(folded);
    if (!now.delete(path)) now.add(path);
    browserStore.set(keyOf(project), JSON.stringify([...now]));
    setFolded(now);
  };
  return [folded, turn];
}

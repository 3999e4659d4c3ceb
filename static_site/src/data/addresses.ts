/** Thumbnails' addresses expire. What does not load is asked for anew, quietly, and for all tiles of a moment at once. */

import { refreshRows } from "./images";

const GATHER_MS = 100;

interface Round {
  ids: Set<string>;
  done: Promise<void>;
}

const rounds = new Map<string, Round>();

/** Resolves when the row has come anew, or could not. */
export function askAnew(projectId: string, imageId: string): Promise<void> {
  let round = rounds.get(projectId);
  if (!round) {
    const ids = new Set<string>();
    const done = new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(() => {
      rounds.delete(projectId);
      return refreshRows(projectId, [...ids]);
    });
    round = { ids, done: done.catch(() => undefined) };
    rounds.set(projectId, round);
  }
  round.ids.add(imageId);
  return round.done;
}

/** What has changed between two entries of an image's history. */

import type { HistoryEntry } from "../api/types";

type Entry = Pick<HistoryEntry, "action" | "labels">;

export interface LabelChange {
  added: string[];
  takenAway: string[];
}

/** What nobody says of the image, but what happened to its file. */
const OF_FILES = ["missing", "back", "changed"];

/** How an image stood after an entry; undefined: nobody can tell. */
function standingAfter({ action, labels }: Entry): readonly string[] | "skipped" | "unlabeled" | undefined {
  if (action === "rejected") return "unlabeled";
  if (action === "skipped") return "skipped";
  // It may have been restored to waiting, or to skipped.
  return action === "restored" && labels.length === 0 ? undefined : labels;
}

const before = (entries: readonly Entry[], index: number) => {
  const earlier = entries.slice(index + 1).find(({ action }) => !OF_FILES.includes(action));
  return earlier && standingAfter(earlier);
};

/** entries: the newest first. Null where the image had no annotation before, or none after. */
export function changeAt(entries: readonly Entry[], index: number): LabelChange | null {
  const [had, entry] = [before(entries, index), entries[index]];
  if (!entry || OF_FILES.includes(entry.action)) return null;
  const has = standingAfter(entry);
  if (!Array.isArray(had) || !Array.isArray(has)) return null;
  const change = { added: has.filter((one) => !had.includes(one)), takenAway: had.filter((one) => !has.includes(one)) };
  return change.added.length + change.takenAway.length > 0 ? change : null;
}

/** Whether the image that an entry without labels rejects had been given none of them; if not, it had been skipped. */
export const wasEmpty = (entries: readonly Entry[], index: number): boolean => {
  const had = before(entries, index);
  return Array.isArray(had) && had.length === 0;
};

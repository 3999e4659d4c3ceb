import { browserStore } from "../parts/browserStore";
import { known, marksFrom, type KeptMark, type Marks } from "../tasks/marks";

/** Labels that are not submitted yet, so that neither a reload, nor a new sign-in, nor a closed tab loses any. A page that
 *  shows a part of a lease has a draft of its own, named after both. */

interface Draft {
  /** In this machine's milliseconds. */
  at: number;
  marks: Marks;
}

const PREFIX = "draft:";
const keyOf = (pageId: string): string => PREFIX + pageId;
/** A lease is over by then, whatever its project's rules are. */
const OLD_MS = 48 * 3_600_000;

/** The id of the page that shows a lease from this image on. */
export const partId = (leaseId: string, from: number): string => `${leaseId}/${from}`;

function read(key: string): Draft | null {
  try {
    const kept = JSON.parse(browserStore.get(key) ?? "null") as { at: number; marks: Record<string, KeptMark> } | null;
    return kept && { at: kept.at, marks: marksFrom(kept.marks) };
  } catch {
    return null;
  }
}

export const loadDraft = (pageId: string, labelIds: readonly number[]): Marks =>
  Object.fromEntries(
    Object.entries(read(keyOf(pageId))?.marks ?? {}).flatMap(([id, mark]) => {
      const left = known(mark, labelIds);
      return left ? [[id, left]] : [];
    }),
  );

export function saveDraft(pageId: string, marks: Marks): void {
  if (Object.keys(marks).length === 0) browserStore.remove(keyOf(pageId));
  else browserStore.set(keyOf(pageId), JSON.stringify({ at: Date.now(), marks } satisfies Draft));
}

const keysOf = (leaseId: string): string[] =>
  browserStore.keys(keyOf(leaseId)).filter((key) => key === keyOf(leaseId) || key.startsWith(keyOf(`${leaseId}/`)));

/** All labels of a lease, whichever pages show it. */
export const draftOf = (leaseId: string): Marks =>
  Object.assign({}, ...keysOf(leaseId).map((key) => read(key)?.marks ?? {})) as Marks;

export function dropDraft(leaseId: string): void {
  for (const key of keysOf(leaseId)) browserStore.remove(key);
}

export const hasDraft = (leaseId: string): boolean => keysOf(leaseId).length > 0;

export function dropOldDrafts(): void {
  for (const key of browserStore.keys(PREFIX))
    if (!(Date.now() - (read(key)?.at ?? 0) < OLD_MS)) browserStore.remove(key);
}

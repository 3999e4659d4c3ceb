/** What several people say of an image, as a reviewer weighs it. */

import type { HistoryEntry, ImageRow, Opinion } from "../api/types";

/** Those who say the same of an image. decided: that is what was decided; null while nothing is. */
export interface Voice {
  labels: readonly string[];
  skipped: boolean;
  opinions: readonly Opinion[];
  decided: boolean | null;
}

const saidBy = ({ skipped, labels }: Opinion): string => JSON.stringify(skipped ? null : labels.toSorted());

/** What is said most often comes first; of what is said equally often what was said first. */
export function voicesOf(opinions: readonly Opinion[]): Voice[] {
  const alike = new Map<string, Opinion[]>();
  for (const one of opinions) alike.set(saidBy(one), [...(alike.get(saidBy(one)) ?? []), one]);
  return [...alike.values()]
    .flatMap((some) => {
      const [first] = some;
      return first ? [{ labels: first.labels, skipped: first.skipped, decided: first.decided, opinions: some }] : [];
    })
    .toSorted((one, other) => other.opinions.length - one.opinions.length);
}

/** Nothing is decided: who says what is not told yet, so that what is said is weighed, and not who says it. */
export const areNamesHidden = (opinions: readonly Opinion[]): boolean => opinions.some(({ decided }) => decided === null);

/** What has happened, without the names of those whose opinions are to be weighed. */
export function withoutNames(entries: readonly HistoryEntry[], opinions: readonly Opinion[]): readonly HistoryEntry[] {
  if (!areNamesHidden(opinions)) return entries;
  const hidden = new Set(opinions.map(({ userId }) => userId));
  return entries.map((entry) => (entry.by !== null && hidden.has(entry.by) ? { ...entry, byName: null } : entry));
}

/** The voice that a reviewer can choose with a key, by its place; that an image was skipped is no label to be set. */
export function choosable(voices: readonly Voice[], place: number): Voice | undefined {
  return voices.filter(({ skipped }) => !skipped)[place];
}

/** Where to go on after the image at `from`: the next disputed one, or the first of all; or else the next image. */
export function nextDisputed(rows: readonly Pick<ImageRow, "state">[], from: number): number {
  const isNext = ({ state }: Pick<ImageRow, "state">, index: number) => state === "disputed" && index !== from;
  const after = rows.findIndex((row, index) => index > from && isNext(row, index));
  const first = rows.findIndex(isNext);
  return after >= 0 ? after : first >= 0 ? first : from + 1;
}

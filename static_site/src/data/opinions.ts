/** What several people say of an image, as a reviewer weighs it. */

import type { HistoryEntry, ImageRow, Opinion } from "../api/types";
import { rivalsOf } from "../tasks/rivals";
import { labelsAfter, type Labels } from "./relabeling";

/** What somebody says of an image. reason: why they skipped it, where they said so. */
export type Reasoned = Opinion & { reason: string | null };

/** Those who say the same of an image. decided: that is what was decided; null while nothing is. */
export interface Voice {
  labels: readonly string[];
  skipped: boolean;
  reasons: readonly string[];
  opinions: readonly Reasoned[];
  decided: boolean | null;
}

/** The opinions on an image with their reasons, which its history tells. */
export const withReasons = (opinions: readonly Opinion[], entries: readonly HistoryEntry[]): Reasoned[] =>
  opinions.map((one) => ({
    ...one,
    reason: one.skipped ? (entries.find(({ by, at }) => by === one.userId && at === one.at)?.reason ?? null) : null,
  }));

const saidBy = ({ skipped, labels }: Opinion): string => JSON.stringify(skipped ? null : labels.toSorted());

/** What is said most often comes first; of what is said equally often what was said first. */
export function voicesOf(opinions: readonly Reasoned[]): Voice[] {
  const alike = new Map<string, Reasoned[]>();
  for (const one of opinions) alike.set(saidBy(one), [...(alike.get(saidBy(one)) ?? []), one]);
  return [...alike.values()]
    .flatMap((some) => {
      const [first] = some;
      const reasons = [...new Set(some.flatMap(({ reason }) => reason ?? []))];
      return first ? [{ labels: first.labels, skipped: first.skipped, reasons, decided: first.decided, opinions: some }] : [];
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

/** What a reviewer has marked of a disputed image that may have several labels, and not decided yet. */
export interface Draft {
  imageId: string;
  labels: readonly string[];
}

/** How many people give an image a label. */
export const countOf = (label: string, opinions: readonly Opinion[]): number =>
  opinions.filter(({ labels }) => labels.includes(label)).length;

/** The labels that more than half of those give who did not skip the image, in the project's order; of two that exclude
 *  each other, as they may by now, the first. */
export function majorityOf(opinions: readonly Opinion[], known: Labels): string[] {
  const half = opinions.filter(({ skipped }) => !skipped).length / 2;
  const given = known.labels.filter(({ name }) => countOf(name, opinions) > half);
  const isRuledOut = (id: number, at: number) => given.slice(0, at).some((other) => rivalsOf(known, id).includes(other.id));
  return given.filter(({ id }, at) => !isRuledOut(id, at)).map(({ name }) => name);
}

/** What is marked of an image: what most people say, as far as the reviewer has not changed it. */
export const markedOf = (draft: Draft | null, imageId: string, opinions: readonly Opinion[], known: Labels): readonly string[] =>
  draft?.imageId === imageId ? draft.labels : majorityOf(opinions, known);

/** A label's key turns it on or off; on, it takes the place of those that rule it out. */
export const turnedIn = (marked: readonly string[], label: Labels["labels"][number], known: Labels): string[] =>
  labelsAfter(marked, { change: marked.includes(label.name) ? "remove" : "add", labels: [label] }, known);

/** Where to go on after the image at `from`: the next disputed one, or the first of all; or else the next image. */
export function nextDisputed(rows: readonly Pick<ImageRow, "state">[], from: number): number {
  const isNext = ({ state }: Pick<ImageRow, "state">, index: number) => state === "disputed" && index !== from;
  const after = rows.findIndex((row, index) => index > from && isNext(row, index));
  const first = rows.findIndex(isNext);
  return after >= 0 ? after : first >= 0 ? first : from + 1;
}

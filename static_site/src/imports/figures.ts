/** What an import has done, or would do, as rows of counts. Pure. */

import type { Import } from "../api/types";
import { imports } from "../texts/imports";

export interface Figure {
  words: string;
  count: number;
  /** Some of them, in words. */
  first: readonly string[];
  /** There are no others than these, however many were counted. */
  areAll?: boolean;
}

const NOTHING: readonly string[] = [];

/** So many labels that the project does not have are named at most. */
const MOST_NAMED = 20;

/** What there is none of is left out. */
const some = (all: readonly Figure[]): Figure[] => all.filter(({ count }) => count > 0);

/** What becomes of the images, and of the lines that are passed over. The images that get labels come always, and first. */
export function figuresOf(one: Import): Figure[] {
  const { figures } = imports;
  const unknown = one.unknownLabels.map(({ label }) => label);
  return [
    { words: figures.labeled[one.as], count: one.labeled, first: NOTHING },
    ...some([
      { words: figures.unchanged[one.as], count: one.unchanged, first: NOTHING },
      { words: figures.kept[one.as], count: one.kept, first: NOTHING },
      { words: figures.notReady, ...one.notReady },
      { words: figures.ambiguous, ...one.ambiguous },
      { words: figures.refused, ...one.refused },
      { words: figures.suggested, count: one.suggested, first: NOTHING },
      { words: figures.unknown, count: one.unknownLines, first: unknown, areAll: unknown.length < MOST_NAMED },
      { words: figures.leftOut, count: one.leftOut, first: NOTHING },
    ]),
  ];
}

/** How images were found, and what was not. */
export function matchesOf(one: Import): Figure[] {
  const rules = Object.entries(imports.rules).map(([rule, words]) => ({
    words,
    count: one.matchedBy[rule as keyof Import["matchedBy"]] ?? 0,
    first: NOTHING,
  }));
  return some([
    ...rules,
    { words: imports.unmatched, ...one.unmatched },
    { words: imports.unclear, ...one.unclear },
    { words: imports.loose, ...one.loose },
  ]);
}

/** What an import is called. */
export function titleOf(one: Import): string {
  if (one.name !== null) return one.name;
  if (one.part !== null) return imports.folders;
  return imports.together(one.uploadFiles) || (one.file ?? imports.sent);
}

/** Images that a finished import was about, and that stand as before. */
export const othersOf = (one: Import): number =>
  one.kept + one.notReady.count + one.ambiguous.count + one.refused.count + one.unmatched.count + one.unclear.count;

/** The labels that an image has, for people to read. */
export const labelsIn = (labels: string | readonly string[]): string =>
  typeof labels === "string" ? labels : labels.join(", ");

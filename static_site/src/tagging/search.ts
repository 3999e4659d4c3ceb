import type { Label } from "../api/types";

/** The labels that have all words that are sought, in any order; those that begin with what is sought come first. */
export function findLabels(labels: readonly Label[], sought: string): readonly Label[] {
  const needle = sought.trim().toLocaleLowerCase();
  const words = needle.split(/\s+/);
  const found = labels.filter(({ name }) => words.every((word) => name.toLocaleLowerCase().includes(word)));
  const begins = ({ name }: Label) => name.toLocaleLowerCase().startsWith(needle);
  return [...found.filter(begins), ...found.filter((label) => !begins(label))];
}

import { texts } from "../texts";

export const LABEL_LIMITS = { length: 100, fewest: 2, most: 500 };

export interface EditedLabel {
  /** Missing while the label is new. */
  id?: number;
  name: string;
}

/** What is wrong with a label's name among the others; undefined = nothing. */
export function labelMistake(name: string, others: readonly string[]): string | undefined {
  const trimmed = name.trim();
  if (!trimmed) return texts.labels.empty;
  if (trimmed.length > LABEL_LIMITS.length) return texts.labels.tooLong;
  if (others.some((other) => other.trim() === trimmed)) return texts.labels.twice(trimmed);
  return undefined;
}

/** The names in a list with one a line, in its order, that may be added; and how many were left out. */
export function pastedLabels(text: string, others: readonly string[]): { names: string[]; leftOut: number } {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim());
  const names: string[] = [];
  for (const line of lines) {
    const known = [...others, ...names];
    if (known.length < LABEL_LIMITS.most && labelMistake(line, known) === undefined) names.push(line.trim());
  }
  return { names, leftOut: lines.length - names.length };
}

/** An edited list on top of what others have made of the list meanwhile: labels that are gone are left out, new ones come
 *  at the end. `base` is the list that the editing began with. */
export function rebased(
  edited: readonly EditedLabel[],
  base: readonly EditedLabel[],
  current: readonly EditedLabel[],
): EditedLabel[] {
  const known = new Set(base.map((label) => label.id));
  const there = new Set(current.map((label) => label.id));
  const names = new Map(base.map((label) => [label.id, label.name]));
  const kept = edited
    .filter((label) => label.id === undefined || there.has(label.id))
    .map((label) => {
      // What was not renamed here has the name that it was given elsewhere.
      const now = current.find((one) => one.id === label.id);
      return now && names.get(label.id) === label.name ? now : label;
    });
  return [...kept, ...current.filter((label) => !known.has(label.id))];
}

/** Whether two lists have the same labels with the same names in the same order. */
export const sameLabels = (one: readonly EditedLabel[], other: readonly EditedLabel[]): boolean =>
  one.length === other.length &&
  one.every((label, index) => label.id === other[index]?.id && label.name === other[index]?.name);

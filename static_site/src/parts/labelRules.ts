import { texts } from "../texts";
import { groupOf, type Grouped } from "./labelGroups";

export const LABEL_LIMITS = { length: 100, fewest: 2, most: 500, groups: 6 };

/** In their order; other letters do something else on the labeling page. */
export const LABEL_KEYS = [..."123456789acdfghjklmnpqrtvw"];
export const MOST_EXAMPLES = 3;

export interface EditedLabel extends Grouped {
  /** Missing while the label is new. */
  id?: number;
}

/** What is wrong with a label's name among the others; undefined = nothing. */
export function labelMistake(name: string, others: readonly string[]): string | undefined {
  const trimmed = name.trim();
  if (!trimmed) return texts.labels.empty;
  if (trimmed.length > LABEL_LIMITS.length) return texts.labels.tooLong;
  if (others.some((other) => other.trim() === trimmed)) return texts.labels.twice(trimmed);
  return undefined;
}

/** A path as it is kept: without spaces around its names. */
export const trimmedPath = (path: string): string => (path.trim() ? path.split("/").map((name) => name.trim()).join("/") : "");

/** What is wrong with a group's path; undefined = nothing. */
export function groupMistake(path: string): string | undefined {
  const names = path.trim() ? path.split("/").map((name) => name.trim()) : [];
  if (names.some((name) => !name)) return texts.labels.groupEmpty;
  if (names.length > LABEL_LIMITS.groups) return texts.labels.groupDeep;
  return names.some((name) => name.length > LABEL_LIMITS.length) ? texts.labels.tooLong : undefined;
}

/** The label that a line stands for: `Cat`, or with its group `Animal/Cat`. */
export function labelFrom(line: string): EditedLabel {
  const path = trimmedPath(line);
  const end = path.lastIndexOf("/");
  return end < 0 ? { name: path } : { name: path.slice(end + 1), group: path.slice(0, end) };
}

function lineMistake(line: string, names: readonly string[]): string | undefined {
  if (names.length >= LABEL_LIMITS.most) return texts.labels.tooMany;
  const { name, group } = labelFrom(line);
  // "/Cat" is in a group without a name.
  const path = group === "" ? "/" : (group ?? "");
  return groupMistake(path) ?? labelMistake(name, names);
}

/** What keeps the label that is typed from being added; undefined = nothing, or nothing is typed. */
export const typedMistake = (typed: string, names: readonly string[]): string | undefined =>
  typed.trim() ? lineMistake(typed, names) : undefined;

/** The label that is typed and can be added to the others, if there is one. Whoever saves labels takes it along. */
export const typedLabel = (typed: string, names: readonly string[]): EditedLabel[] =>
  typed.trim() && typedMistake(typed, names) === undefined ? [labelFrom(typed)] : [];

/** The names that are in a list more than once. */
export function twiceIn(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => name.trim()).filter((name) => seen.has(name) || !seen.add(name));
}

/** Whether a list of labels may be saved as far as their names are concerned. */
export const areNames = (names: readonly string[]): boolean => {
  const twice = twiceIn(names);
  return names.every((name) => labelMistake(name, twice) === undefined);
};

/** The labels in a list with one a line, in its order, that may be added; and how many lines were left out. */
export function pastedLabels(text: string, others: readonly string[]): { labels: EditedLabel[]; leftOut: number } {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim());
  const labels: EditedLabel[] = [];
  const names = [...others];
  for (const line of lines) {
    if (lineMistake(line, names) !== undefined) continue;
    const label = labelFrom(line);
    labels.push(label);
    names.push(label.name);
  }
  return { labels, leftOut: lines.length - labels.length };
}

/** Whether two lists have the same labels with the same names, in the same groups and order. */
export const sameLabels = (one: readonly EditedLabel[], other: readonly EditedLabel[]): boolean =>
  one.length === other.length &&
  one.every((label, index) => {
    const its = other[index];
    return its && label.id === its.id && label.name === its.name && groupOf(label) === groupOf(its);
  });

interface ExplainedLabel extends EditedLabel {
  id: number;
  key: string;
  description: string;
  examples: readonly string[];
}

/** The list to send with one label changed, but for its name. Who had its key until now gets the one that becomes free. */
export function changedLabel(labels: readonly ExplainedLabel[], changed: ExplainedLabel) {
  const before = labels.find(({ id }) => id === changed.id);
  return labels.map(({ id, name, key }) => {
    if (id === changed.id) {
      const { description, examples } = changed;
      return { id, name, key: changed.key, description, examples: [...examples] };
    }
    return key && key === changed.key && before ? { id, name, key: before.key } : { id, name };
  });
}

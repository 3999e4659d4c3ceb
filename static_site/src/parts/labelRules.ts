import { texts } from "../texts";

export const LABEL_LIMITS = { length: 100, fewest: 2, most: 500 };

/** In their order; other letters do something else on the labeling page. */
export const LABEL_KEYS = [..."123456789acdfghjklmnpqrtvw"];
export const MOST_EXAMPLES = 3;

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

/** What keeps the label that is typed from being added; undefined = nothing, or nothing is typed. */
export function typedMistake(typed: string, names: readonly string[]): string | undefined {
  if (!typed.trim()) return undefined;
  return names.length < LABEL_LIMITS.most ? labelMistake(typed, names) : texts.labels.tooMany;
}

/** The label that is typed and can be added to the others, if there is one. Whoever saves labels takes it along. */
export const typedLabel = (typed: string, names: readonly string[]): string[] =>
  typed.trim() && typedMistake(typed, names) === undefined ? [typed.trim()] : [];

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

/** Whether two lists have the same labels with the same names in the same order. */
export const sameLabels = (one: readonly EditedLabel[], other: readonly EditedLabel[]): boolean =>
  one.length === other.length &&
  one.every((label, index) => label.id === other[index]?.id && label.name === other[index]?.name);

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

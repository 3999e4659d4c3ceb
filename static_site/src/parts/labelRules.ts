import { texts } from "../texts";

export const LABEL_LIMITS = { length: 100, fewest: 2, most: 500 };

/** What is wrong with a label's name among the others; undefined = nothing. */
export function labelMistake(name: string, others: readonly string[]): string | undefined {
  const trimmed = name.trim();
  if (!trimmed) return texts.labels.empty;
  if (trimmed.length > LABEL_LIMITS.length) return texts.labels.tooLong;
  if (others.some((other) => other.trim() === trimmed)) return texts.labels.twice(trimmed);
  return undefined;
}

import type { Label } from "../api/types";

/** How well a name fits what is sought, the least number best; null = not at all. */
function rankOf(name: string, needle: string): number | null {
  const lower = name.toLocaleLowerCase();
  const words = needle.split(/\s+/);
  if (!words.every((word) => lower.includes(word))) return null;
  if (lower.trim() === needle) return 0;
  if (lower.startsWith(needle)) return 1;
  const parts = lower.split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => parts.some((part) => part.startsWith(word))) ? 2 : 3;
}

/** The labels that have all words that are sought, in any order: first the one of this very name, then those that begin
 *  so, those whose words do, and those with a part like it, each in the project's order. */
export function findLabels<L extends Pick<Label, "name">>(labels: readonly L[], sought: string): readonly L[] {
  const needle = sought.trim().toLocaleLowerCase();
  if (!needle) return labels;
  const ranked = labels.map((label) => ({ label, rank: rankOf(label.name, needle) }));
  return [0, 1, 2, 3].flatMap((wanted) => ranked.flatMap(({ label, rank }) => (rank === wanted ? [label] : [])));
}

import { groupOf, pathOf, type Grouped } from "./labelGroups";

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

/** As rankOf, for words of which some are in the names of a label's groups. */
function rankOfPath(label: Grouped, needle: string): number | null {
  if (!groupOf(label)) return null;
  const lower = pathOf(label).toLocaleLowerCase();
  const words = needle.split(/[\s/›]+/).filter(Boolean);
  if (!words.every((word) => lower.includes(word))) return null;
  const parts = lower.split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => parts.some((part) => part.startsWith(word))) ? 4 : 5;
}

/** The labels that have all words that are sought, in any order: first the one of this very name, then those that begin
 *  so, those whose words do, and those with a part like it; last those with some of the words in the names of their
 *  groups. Each in the project's order. */
export function findLabels<L extends Grouped>(labels: readonly L[], sought: string): readonly L[] {
  const needle = sought.trim().toLocaleLowerCase();
  if (!needle) return labels;
  const ranked = labels.map((label) => ({ label, rank: rankOf(label.name, needle) ?? rankOfPath(label, needle) }));
  return [0, 1, 2, 3, 4, 5].flatMap((wanted) => ranked.flatMap(({ label, rank }) => (rank === wanted ? [label] : [])));
}

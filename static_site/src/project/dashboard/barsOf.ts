import type { Label } from "../../api/types";
import { labelColor } from "../../parts/colors";
import { treeOf, type Grouped } from "../../parts/labelGroups";
import { texts } from "../../texts";
import * as dashboardTexts from "../../texts/dashboard";
import type { LabelBar } from "./LabelBars";

/** All labels have a bar each, up to so many. */
export const MOST_BARS = 30;
const REST = "var(--colorNeutralForeground3)";
const GROUP = "var(--colorNeutralForeground2)";

/** Of the images that were looked at and have none of the labels. */
export const noneBar = (count: number): LabelBar => ({ name: texts.data.noLabel, depth: 0, count, color: REST });

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** A bar for each label under the heading of its group, in the project's order; of more labels the most frequent ones, and
 *  one for all others. Where an image has one label, the counts of a group's labels add up to its images: it says how many,
 *  and has a bar of its own where there is none for each label. */
export function barsOf(
  labels: readonly (Pick<Label, "id" | "name"> & Grouped)[],
  counts: ReadonlyMap<string, number>,
  addUp: boolean,
): LabelBar[] {
  const tree = treeOf(labels);
  const isGrouped = tree.some(({ kind }) => kind === "group");
  const barOf = (row: (typeof tree)[number]): LabelBar => {
    const { depth } = row;
    if (row.kind === "label") {
      const { id, name } = row.label;
      return { name, depth, count: counts.get(name) ?? 0, color: labelColor(id).background };
    }
    const count = addUp ? sum(row.labels.map(({ name }) => counts.get(name) ?? 0)) : undefined;
    return { name: row.name, depth, count, color: undefined };
  };
  if (labels.length <= MOST_BARS) return tree.map(barOf);
  const whole =
    isGrouped && addUp
      ? tree.filter(({ depth }) => depth === 0).map(barOf)
      : tree.filter(({ kind }) => kind === "label").map((row) => ({ ...barOf(row), depth: 0 }));
  const bars = whole.map((bar) => ({ ...bar, color: bar.color ?? GROUP }));
  if (bars.length <= MOST_BARS) return bars;
  const sorted = bars.toSorted((one, other) => (other.count ?? 0) - (one.count ?? 0));
  const rest = sorted.slice(MOST_BARS - 1);
  const count = sum(rest.map((bar) => bar.count ?? 0));
  const others = { name: dashboardTexts.dashboard.otherLabels(rest.length), depth: 0, count, color: REST };
  return [...sorted.slice(0, MOST_BARS - 1), others];
}

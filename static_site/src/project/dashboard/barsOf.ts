import type { Label } from "../../api/types";
import { labelColor } from "../../parts/colors";
import { texts } from "../../texts";
import type { LabelBar } from "./LabelBars";

/** All labels have a bar each, up to so many. */
export const MOST_BARS = 30;
const REST = "var(--colorNeutralForeground3)";

/** A bar for each label, in the project's order; of more labels the most frequent ones, and one for all others. */
export function barsOf(labels: readonly Pick<Label, "id" | "name">[], counts: ReadonlyMap<string, number>): LabelBar[] {
  const bars = labels.map(({ id, name }) => ({ name, count: counts.get(name) ?? 0, color: labelColor(id).background }));
  if (bars.length <= MOST_BARS) return bars;
  const sorted = bars.toSorted((one, other) => other.count - one.count);
  const rest = sorted.slice(MOST_BARS - 1);
  const count = rest.reduce((sum, bar) => sum + bar.count, 0);
  return [...sorted.slice(0, MOST_BARS - 1), { name: texts.dashboard.otherLabels(rest.length), count, color: REST }];
}

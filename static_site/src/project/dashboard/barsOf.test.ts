import { describe, expect, it } from "vitest";
import { barsOf, MOST_BARS } from "./barsOf";

const labelsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `Label ${index + 1}` }));

describe("the bars of labels", () => {
  it("are all there, in the project's order", () => {
    const bars = barsOf(labelsOf(MOST_BARS), new Map([["Label 30", 5]]));
    expect(bars).toHaveLength(MOST_BARS);
    expect(bars.at(0)).toMatchObject({ name: "Label 1", count: 0 });
    expect(bars.at(-1)).toMatchObject({ name: "Label 30", count: 5 });
  });

  it("are the most frequent ones of too many, and one with the sum of all others", () => {
    const labels = labelsOf(60);
    const bars = barsOf(labels, new Map(labels.map(({ id, name }) => [name, id])));
    expect(bars).toHaveLength(MOST_BARS);
    expect(bars[0]).toMatchObject({ name: "Label 60", count: 60 });
    expect(bars.at(-1)).toMatchObject({ name: "31 other labels", count: (31 * 32) / 2 });
  });
});

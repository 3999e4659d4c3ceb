import { describe, expect, it } from "vitest";
import { barsOf, MOST_BARS } from "./barsOf";

const labelsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `Label ${index + 1}` }));

describe("the bars of labels", () => {
  it("are all there, in the project's order", () => {
    const bars = barsOf(labelsOf(MOST_BARS), new Map([["Label 30", 5]]), true);
    expect(bars).toHaveLength(MOST_BARS);
    expect(bars.at(0)).toMatchObject({ name: "Label 1", count: 0 });
    expect(bars.at(-1)).toMatchObject({ name: "Label 30", count: 5 });
  });

  it("are the most frequent ones of too many, and one with the sum of all others", () => {
    const labels = labelsOf(60);
    const bars = barsOf(labels, new Map(labels.map(({ id, name }) => [name, id])), true);
    expect(bars).toHaveLength(MOST_BARS);
    expect(bars[0]).toMatchObject({ name: "Label 60", count: 60 });
    expect(bars.at(-1)).toMatchObject({ name: "31 other labels", count: (31 * 32) / 2 });
  });

  it("stand under their groups, which say how many images their labels have together", () => {
    const labels = [
      { id: 1, name: "Cat", group: "Animal/Pet" },
      { id: 2, name: "Oak", group: "" },
      { id: 3, name: "Wolf", group: "Animal" },
    ];
    const counts = new Map([["Cat", 2], ["Oak", 1], ["Wolf", 3]]);
    const told = (addUp: boolean) =>
      barsOf(labels, counts, addUp).map(({ name, depth, count, color }) => [name, depth, count, color !== undefined]);
    expect(told(true)).toEqual([
      ["Oak", 0, 1, true],
      ["Animal", 0, 5, false],
      ["Wolf", 1, 3, true],
      ["Pet", 1, 2, false],
      ["Cat", 2, 2, true],
    ]);
    expect(told(false)[1]).toEqual(["Animal", 0, undefined, false]);
  });

  it("are those of the outermost groups where there are too many labels", () => {
    const labels = labelsOf(60).map((label) => ({ ...label, group: label.id % 2 ? "Odd/Very" : "Even" }));
    const counts = new Map(labels.map(({ name }) => [name, 1]));
    expect(barsOf(labels, counts, true).map(({ name, count }) => [name, count])).toEqual([
      ["Odd", 30],
      ["Even", 30],
    ]);
    expect(barsOf(labels, counts, false)).toHaveLength(MOST_BARS);
  });
});

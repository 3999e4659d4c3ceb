import { describe, expect, it } from "vitest";
import { intervalOf, marginOf, minutesFor, sizesFor } from "./margin";

describe("what the size of a check means", () => {
  // As statsmodels.stats.proportion.proportion_confint(0.95 * n, n, method="wilson") has it, half of the interval.
  it.each([
    [10, 16.96],
    [50, 6.65],
    [100, 4.51],
    [200, 3.11],
    [400, 2.17],
    [1000, 1.36],
  ])("%i images", (size, points) => {
    expect(marginOf(size)).toBeCloseTo(points, 1);
  });

  it("is told by the interval that is to be expected", () => {
    expect(intervalOf(200).map((end) => Math.round(1000 * end))).toEqual([910, 973]);
    // All right or all wrong: no end is beyond what there can be.
    expect(intervalOf(50, 1)[1]).toBeCloseTo(1);
    expect(intervalOf(50, 0)[0]).toBeCloseTo(0);
  });

  it("is less exact the nearer the share is to a half", () => {
    expect(marginOf(200, 0.5)).toBeGreaterThan(marginOf(200, 0.8));
    expect(marginOf(200, 0.8)).toBeGreaterThan(marginOf(200));
  });

  it("is told in minutes of judging, at least one", () => {
    expect([10, 200, 1000].map(minutesFor)).toEqual([1, 7, 33]);
  });

  it("is never more than what is labeled, and may be all of it", () => {
    expect(sizesFor(0)).toEqual([]);
    expect(sizesFor(7)).toEqual([7]);
    expect(sizesFor(143)).toEqual([50, 100, 143]);
    expect(sizesFor(1000)).toEqual([50, 100, 200, 400, 1000]);
    expect(sizesFor(20_000)).toEqual([50, 100, 200, 400, 1000]);
  });
});

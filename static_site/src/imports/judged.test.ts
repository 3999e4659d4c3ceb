import { describe, expect, it } from "vitest";
import { accuracyRows, accuracyWords, verdictOf } from "./judged";

const share = (right: number, judged: number, interval: [number, number]) => ({ right, judged, share: right / judged, interval });
const RUN = share(109, 120, [0.845, 0.948]);
const own = (right: number, judged: number, interval: [number, number]) => ({ ...RUN, builtIn: share(right, judged, interval) });

describe("how right an import of suggestions is", () => {
  it("is told beside the built-in suggestions for the same images", () => {
    expect(accuracyWords(own(84, 120, [0.61, 0.77]))).toBe(
      "Right on 91% of 120 images judged (85–95%). Built-in suggestions: 70% of the same images. Better than the built-in ones.",
    );
    expect(accuracyWords(own(84, 100, [0.76, 0.9]))).toContain("Built-in suggestions: 84% of 100 of them.");
    expect(accuracyWords({ ...RUN, builtIn: null })).toBe("Right on 91% of 120 images judged (85–95%).");
  });

  it("is better or worse only where the intervals lie apart, and many images were judged", () => {
    expect(verdictOf(own(84, 120, [0.61, 0.77]))).toBe("better");
    expect(verdictOf(own(119, 120, [0.955, 1]))).toBe("worse");
    expect(verdictOf(own(101, 120, [0.77, 0.9]))).toBe("open");
    expect(verdictOf(own(1, 19, [0.01, 0.25]))).toBe("few");
    expect(verdictOf({ ...share(19, 19, [0.83, 1]), builtIn: share(1, 19, [0.01, 0.25]) })).toBe("few");
    expect(verdictOf({ ...RUN, builtIn: null })).toBeNull();
  });

  it("has a row for each in the details", () => {
    expect(accuracyRows(own(84, 120, [0.61, 0.77]))).toEqual([
      { words: "This import", share: 109 / 120, of: "109 of 120 images (85–95%)" },
      { words: "Built-in suggestions", share: 0.7, of: "84 of 120 images (61–77%)" },
    ]);
    expect(accuracyRows({ ...RUN, builtIn: null })).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import type { CheckFigures } from "../api/types";
import { checks } from "../texts/checks";
import { isFew, marginIn, newestOf, rowsOf } from "./figures";

const figures = (right: number, wrong: number, unclear = 0): CheckFigures => ({
  size: 200,
  judged: right + wrong + unclear,
  right,
  wrong,
  unclear,
  share: right + wrong > 0 ? right / (right + wrong) : null,
  interval: right + wrong > 0 ? [0.925, 0.981] : null,
});

describe("what a check has found", () => {
  it("says little below twenty that are not unclear", () => {
    expect(isFew(figures(19, 0, 30))).toBe(true);
    expect(isFew(figures(18, 2))).toBe(false);
  });

  it("has rows for what was judged right or wrong alone, the most often judged first", () => {
    const [none, unclear, few, many] = [figures(0, 0), figures(0, 0, 3), figures(1, 1), figures(30, 2)];
    expect(rowsOf([none, unclear, few, many])).toEqual([many, few]);
  });

  it("is told with its interval", () => {
    expect(checks.share(0.96, [0.925, 0.981])).toBe("96% right, 93–98%");
    // All only where it is all.
    expect(checks.share(0.998, [0.99, 1])).toBe("99% right, 99–100%");
    expect(checks.margin(marginIn([0.925, 0.981]))).toBe("± 3 points");
    expect(checks.margin(marginIn([0.9864, 1]))).toBe("± 0.7 points");
    expect(checks.inWords(1, 1, [0.21, 1])).toContain("1 of 1 judged label is right");
  });

  it("is told of the newest that is done, else of the newest that was begun", () => {
    const check = (id: string, status: "open" | "done", judged: number) => ({ id, status, judged });
    const [begun, done, untouched] = [check("a", "open", 3), check("b", "done", 10), check("c", "open", 0)];
    expect(newestOf([begun, done, untouched])).toBe(done);
    expect(newestOf([untouched, begun])).toBe(begun);
    expect(newestOf([untouched])).toBe(untouched);
    expect(newestOf([])).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import type { ImageRow, Progress } from "../api/types";
import { canAskAll, countAskable, isThrough } from "./askingAll";

describe("one more opinion on all that is shown", () => {
  it("is asked for where somebody has said something, of the file as it is", () => {
    expect([{}, { state: "labeled" }, { state: "skipped" }, { state: "disputed" }].map((one) => canAskAll(one as object))).toEqual(
      [true, true, true, true],
    );
    expect([{ state: "waiting" as const }, { state: "missing" as const }].map(canAskAll)).toEqual([false, false]);
    expect([{ rejected: true as const }, { changedSinceLabeled: true as const }].map(canAskAll)).toEqual([false, false]);
  });

  it("is for so many as are loaded, or as the figures tell", () => {
    const rows = ["labeled", "waiting", "disputed", "skipped", "missing"].map((state) => ({ state }) as ImageRow);
    const progress = { total: 900, labeled: 500, skipped: 20, disputed: 3 } as Progress;
    expect(countAskable({}, rows, true, progress)).toBe(3);
    expect(countAskable({}, rows, false, progress)).toBe(523);
    expect(countAskable({ state: "labeled" }, rows, false, progress)).toBe(500);
    expect(countAskable({ state: "labeled", name: "x" }, rows, false, progress)).toBeNull();
    expect(countAskable({}, rows, false, undefined)).toBeNull();
  });

  it("is through when as many wait as were asked for, or when no more come", () => {
    expect(isThrough([5, 5, 5, 5, 5], null)).toBe(false);
    expect(isThrough([5, 15], 10)).toBe(true);
    expect(isThrough([5, 14], 10)).toBe(false);
    expect(isThrough([5, 14], null)).toBe(false);
    expect(isThrough([5, 8, 14, 14], 10)).toBe(false);
    expect(isThrough([5, 14, 14, 14], 10)).toBe(true);
  });
});

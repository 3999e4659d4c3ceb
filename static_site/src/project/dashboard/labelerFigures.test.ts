import { describe, expect, it } from "vitest";
import type { Counted, Labeler } from "../../api/types";
import { areFew, columnsOf, figureOf } from "./labelerFigures";

const of = (count: number, of: number): Counted => ({
  count,
  of,
  share: of > 0 ? count / of : null,
  interval: of > 0 ? [0.871, 0.943] : null,
});

const labelerOf = (given: Partial<Labeler> = {}): Labeler => ({
  userId: "ann",
  name: "Ann",
  labeled: 30,
  skipped: 0,
  reviewed: 0,
  labeledPerHour: 0,
  lastHours: [],
  rejected: of(1, 30),
  agreement: of(0, 0),
  checked: of(0, 0),
  ...given,
});

describe("the table of labelers", () => {
  it("leaves out what is known of nobody", () => {
    expect(columnsOf([labelerOf()])).toEqual(["labeled", "reviewed", "pace", "rejected", "look"]);
    const both = [labelerOf({ agreement: of(3, 4) }), labelerOf({ checked: of(3, 4) })];
    expect(columnsOf(both)).toEqual(["labeled", "reviewed", "pace", "rejected", "agreement", "checked", "look"]);
  });

  it("says a share with what it rests on", () => {
    expect(figureOf(of(209, 230))).toEqual({ value: "91%", note: "209 of 230, 87–94%", few: false });
  });

  it("says nothing of none, and does not call that little", () => {
    expect(figureOf(of(0, 0))).toEqual({ value: "–", note: "", few: false });
    expect(areFew(labelerOf())).toBe(false);
  });

  it("is gray below twenty", () => {
    expect(figureOf(of(19, 19)).few).toBe(true);
    expect(figureOf(of(20, 20)).few).toBe(false);
    for (const column of ["rejected", "agreement", "checked"] as const)
      expect(areFew(labelerOf({ [column]: of(1, 19) }))).toBe(true);
  });
});

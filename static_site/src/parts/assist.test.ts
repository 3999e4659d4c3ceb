import { describe, expect, it } from "vitest";
import type { Project } from "../api/types";
import { assistOf, isWhole, precisionOf, toAssistChange, USUAL_ASSIST, type AssistSettings } from "./assist";

const on = (precision: string): AssistSettings => ({ ...USUAL_ASSIST, mlAssist: true, precision });

describe("the settings of suggestions", () => {
  it("take a precision of fifty to nearly a hundred", () => {
    expect(["50", "95", "99.9", "99.90"].map((typed) => precisionOf(on(typed)))).toEqual([50, 95, 99.9, 99.9]);
    expect(["49.9", "100", "99.95", "", " ", "-60", "many"].map((typed) => precisionOf(on(typed)))).toEqual(
      Array.from({ length: 7 }, () => null),
    );
  });

  it("need no precision while they are off", () => {
    const off = { ...on("0"), mlAssist: false };
    expect([isWhole(on("0")), isWhole(off), isWhole(on("90"))]).toEqual([false, true, true]);
    expect(toAssistChange(off)).toEqual({ mlAssist: false });
  });

  it("come back as they were sent, without a tail of digits", () => {
    for (const precision of ["55.1", "57", "95", "99.9"]) {
      const sent = toAssistChange(on(precision));
      expect(String(sent.suggestionPrecision).length).toBeLessThanOrEqual("0.9999".length);
      expect(assistOf(sent as Project).precision).toBe(precision);
    }
  });
});

import { describe, expect, it } from "vitest";
import { easyPause, noteProgress } from "./liveness";
import type { Progress } from "./types";

const progressOf = (changed: Partial<Progress>): Progress => ({
  askedAt: 0,
  total: 9,
  preparing: 0,
  waiting: 9,
  leased: 0,
  labeled: 0,
  skipped: 0,
  disputed: 0,
  unreadable: 0,
  missing: 0,
  deferred: 0,
  awaitingOpinions: 0,
  returned: 0,
  reviewed: 0,
  empty: 0,
  byLabel: [],
  byLabeler: [],
  labeledPerHour: 0,
  ...changed,
});

describe("how often a project is looked at", () => {
  it("is ever more seldom while nothing moves: at most ten times in a minute from the first look on", () => {
    let now = 0;
    let asked = 0;
    noteProgress("idle", progressOf({}), now);
    for (; now < 60_000; now += easyPause("idle", now)) asked += 1;
    expect(asked).toBeLessThan(9);
    // That a pace becomes slower by itself is no work of anybody's.
    expect(noteProgress("idle", progressOf({ labeledPerHour: 5 }), now)).toBeNull();
    expect(easyPause("idle", now + 600_000)).toBe(20_000);
  });

  it("is often again as soon as something moves, and what follows from it is looked at for a while", () => {
    noteProgress("busy", progressOf({}), 0);
    expect(noteProgress("busy", progressOf({ labeled: 1 }), 600_000)).toBe("now");
    expect(easyPause("busy", 600_000)).toBe(5_000);
    expect(noteProgress("busy", progressOf({ labeled: 1 }), 630_000)).toBe("lately");
    expect(noteProgress("busy", progressOf({ labeled: 1 }), 700_000)).toBeNull();
  });
});

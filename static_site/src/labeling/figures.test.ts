import { describe, expect, it } from "vitest";
import type { Progress } from "../api/types";
import type { OutboxView } from "../outbox/outbox";
import type { Sending } from "../outbox/sendings";
import { isClear, labeledToday, rowOf, withSubmitted } from "./figures";

const progress = { labeled: 10, skipped: 1, byLabeler: [], askedAt: 1_000 } as unknown as Progress;
const sending = (projectId = "p"): Sending => ({
  key: "k",
  projectId,
  project: "Cats",
  at: 0,
  content: { kind: "page", leaseId: "l", body: { labels: { a: [1], b: [1] }, skipped: [{ id: "c" }] } },
});
const view = (change: Partial<OutboxView>): OutboxView => ({
  waiting: [],
  delay: null,
  isKept: true,
  refused: [],
  settled: [],
  ...change,
});

describe("the figures", () => {
  it("have what is on its way, and what arrived after they were asked for", () => {
    const arrived = [
      { sending: sending(), at: 1_001, refusal: undefined },
      { sending: sending(), at: 999, refusal: undefined },
      { sending: sending(), at: 1_002, refusal: { kind: "over" as const } },
      { sending: sending("other"), at: 1_003, refusal: undefined },
    ];
    const shown = withSubmitted(progress, view({ waiting: [sending()], settled: arrived }), "p", "anna");
    expect(shown).toMatchObject({ labeled: 14, skipped: 3 });
    expect(rowOf(shown, "anna")).toMatchObject({ labeled: 4, skipped: 2, labeledPerHour: 4, lastHours: [4] });
    // Where others are asked as well, one's own figures alone are known.
    const beside = withSubmitted(progress, view({ waiting: [sending()], settled: arrived }), "p", "anna", false);
    expect(beside).toMatchObject({ labeled: 10, skipped: 1 });
    expect(rowOf(beside, "anna")).toMatchObject({ labeled: 4, skipped: 2 });
  });

  it("are not clear while a page was on its way", () => {
    expect(isClear(progress, view({}), "p")).toBe(true);
    expect(isClear(progress, view({ waiting: [sending("other")] }), "p")).toBe(true);
    expect(isClear(progress, view({ waiting: [sending()] }), "p")).toBe(false);
    const settled = [{ sending: sending(), at: 1_000, refusal: undefined }];
    expect(isClear(progress, view({ settled }), "p")).toBe(false);
    expect(isClear({ ...progress, askedAt: 1_001 }, view({ settled }), "p")).toBe(true);
  });

  it("of a day begin at midnight", () => {
    const hours = Array.from({ length: 24 }, () => 1);
    const at = new Date(2026, 5, 15, 9, 30).getTime();
    expect(labeledToday(hours, at)).toBe(10);
    expect(labeledToday(hours, new Date(2026, 5, 15, 0, 0, 1).getTime())).toBe(1);
    expect(labeledToday(hours, new Date(2026, 5, 15, 23, 59).getTime())).toBe(24);
  });
});

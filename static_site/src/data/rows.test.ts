import { describe, expect, it } from "vitest";
import type { ImageRow, Me } from "../api/types";
import { askedRow, canAsk, canConfirm, canLabel, canReject, confirmedRow, labeledRow, rejectedRow, skippedRow } from "./rows";

const ME = { userId: "me", name: "reviewer" } as Me;
const LABELED = {
  id: "000000-00",
  state: "labeled",
  labels: ["Cat"],
  labeler: "u1",
  labelerName: "anna",
  labeledAt: "2026-01-01T00:00:00Z",
  changedSinceLabeled: true,
  suggestions: [{ label: "Dog", confidence: 0.9, sure: true, likely: true }],
} as ImageRow;
const but = (changed: Partial<ImageRow>): ImageRow => ({ ...LABELED, ...changed });

describe("an image", () => {
  it("can be rejected if somebody labeled or skipped it, though its file may have vanished", () => {
    expect(canReject(LABELED)).toBe(true);
    expect(canReject(but({ state: "skipped", labels: [] }))).toBe(true);
    expect(canReject(but({ state: "missing" }))).toBe(true);
    expect(canReject(but({ state: "missing", labeledAt: null }))).toBe(false);
    expect(canReject(but({ state: "waiting", labeledAt: null }))).toBe(false);
  });

  it("that is disputed can be rejected, labeled, and looked at once more, but has no label to be confirmed", () => {
    const disputed = but({ state: "disputed", labels: [], labeler: null });
    expect([canReject, canLabel, canAsk, canConfirm].map((can) => can(disputed))).toEqual([true, true, true, false]);
    expect(canAsk(but({ state: "waiting" }))).toBe(false);
    expect(askedRow(LABELED)).toMatchObject({ state: "waiting", labels: [], labeler: null, rejected: false });
  });

  it("can be labeled if there is a picture of it", () => {
    expect(canLabel(but({ state: "waiting" }))).toBe(true);
    expect(canLabel(but({ state: "preparing" }))).toBe(false);
    expect(canLabel(but({ state: "unreadable" }))).toBe(false);
  });

  it("waits again when it is rejected", () => {
    const row = rejectedRow(LABELED);
    expect(row).toMatchObject({ state: "waiting", labels: [], labeler: null, labeledAt: null });
    expect(row.changedSinceLabeled).toBe(false);
    expect(row.suggestions).toBeNull();
    expect(row).toMatchObject({ reviewed: false, rejected: true });
    expect(rejectedRow(but({ state: "missing" })).rejected).toBe(false);
  });

  it("whose label is right is reviewed, stays its labeler's, and is no possible mistake any more", () => {
    expect(canConfirm(LABELED)).toBe(true);
    expect(canConfirm(but({ state: "skipped", labels: [] }))).toBe(false);
    expect(canConfirm(but({ labels: [] }))).toBe(true);
    const row = confirmedRow(LABELED);
    expect(row).toMatchObject({ ...LABELED, reviewed: true, changedSinceLabeled: false, suggestions: null });
  });

  it("that is labeled anew is the reviewer's, and nobody knows yet since when", () => {
    const row = labeledRow(LABELED, ["Dog"], ME);
    expect(row).toMatchObject({ labels: ["Dog"], labeler: "me", labeledAt: null, suggestions: null });
    expect(row).toMatchObject({ reviewed: true, rejected: false });
    expect(labeledRow(but({ state: "missing" }), ["Dog"], ME).state).toBe("missing");
  });

  it("that is skipped has no label, and a file that has vanished stays missing", () => {
    expect(skippedRow(LABELED, ME)).toMatchObject({ state: "skipped", labels: [], labeler: "me", suggestions: null });
    expect(skippedRow(but({ state: "missing" }), ME).state).toBe("missing");
  });
});

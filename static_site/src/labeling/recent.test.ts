import { beforeEach, describe, expect, it, vi } from "vitest";
import { loadReasons, loadRecentLabels, saveReason, saveRecentLabels, withRecentLabel, type RecentLabel } from "./recent";

const SLOTS = 3;
const used = (...labels: number[]): RecentLabel[] =>
  labels.reduce<RecentLabel[]>((recent, label) => withRecentLabel(recent, label, SLOTS), []);
const slots = (recent: RecentLabel[]): number[] => recent.map((one) => one.label);

describe("the last used labels", () => {
  it("keep their slots while they are used", () => {
    expect(slots(used(10, 11, 12, 11, 10))).toEqual([10, 11, 12]);
  });

  it("make room for a new one in the slot that was used longest ago", () => {
    expect(slots(used(10, 11, 12, 10, 13))).toEqual([10, 13, 12]);
    expect(slots(used(10, 11, 12, 10, 13, 14))).toEqual([10, 13, 14]);
  });
});

describe("what this browser keeps", () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });

  it("is there again, for each project apart", () => {
    saveRecentLabels("a", used(10, 11));
    expect(loadRecentLabels("a")).toEqual(used(10, 11));
    expect(loadRecentLabels("b")).toEqual([]);
  });

  it("has the latest reason first, each once, five at most, and no empty one", () => {
    for (const reason of ["1", "2", "", "1", "3", "4", "5", "6"]) saveReason("a", reason);
    expect(loadReasons("a")).toEqual(["6", "5", "4", "3", "1"]);
  });

  it("is nothing where it cannot be read", () => {
    localStorage.setItem("recent-tags:a", "{");
    localStorage.setItem("recent-reasons:a", '[1, "blurred"]');
    expect(loadRecentLabels("a")).toEqual([]);
    expect(loadReasons("a")).toEqual(["blurred"]);
  });
});

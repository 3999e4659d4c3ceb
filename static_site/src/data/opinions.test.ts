import { describe, expect, it } from "vitest";
import type { HistoryEntry, ImageRow, Opinion } from "../api/types";
import { areNamesHidden, majorityOf, markedOf, nextDisputed, turnedIn, voicesOf, withoutNames, withReasons, type Reasoned } from "./opinions";
import type { Labels } from "./relabeling";

const by = (userId: string, labels: string[] | null, decided: boolean | null = null): Reasoned => ({
  reason: null,
  userId,
  name: `name of ${userId}`,
  labels: labels ?? [],
  skipped: labels === null,
  at: "2026-01-01T00:00:00Z",
  decided,
});

describe("opinions on an image", () => {
  it("stand together where they say the same, most of them first", () => {
    const voices = voicesOf([by("a", ["Cat"]), by("b", ["Dog", "Day"]), by("c", null), by("d", ["Day", "Dog"]), by("e", [])]);
    expect(voices.map(({ labels, skipped, opinions }) => [labels, skipped, opinions.map(({ userId }) => userId)])).toEqual([
      [["Dog", "Day"], false, ["b", "d"]],
      [["Cat"], false, ["a"]],
      [[], true, ["c"]],
      [[], false, ["e"]],
    ]);
  });

  it("are skipped for the reasons that the history tells of them", () => {
    const [ann, bob, cleo] = [by("a", null), by("b", ["Cat"]), { ...by("c", null), at: "2026-01-02T00:00:00Z" }];
    const entry = (who: string, at: string, reason: string | null) => ({ by: who, at, reason }) as HistoryEntry;
    const entries = [
      entry("a", "2025-01-01T00:00:00Z", "rejected since"),
      entry("b", ann.at, "somebody else"),
      entry("a", ann.at, "dark"),
      entry("b", bob.at, "no skip"),
      entry("c", cleo.at, "dark"),
    ];
    const opinions = withReasons([ann, bob, cleo] satisfies Opinion[], entries);
    expect(opinions.map(({ reason }) => reason)).toEqual(["dark", null, "dark"]);
    expect(voicesOf(opinions).map(({ reasons }) => reasons)).toEqual([["dark"], []]);
    expect(withReasons([ann], [])).toEqual([ann]);
  });

  it("keep their names back, in the history too, until something is decided", () => {
    const open = [by("a", ["Cat"]), by("b", ["Dog"])];
    const decided = [by("a", ["Cat"], true), by("b", ["Dog"], false)];
    const entry = (who: string | null) => ({ by: who, byName: who && `name of ${who}` }) as HistoryEntry;
    const entries = [entry("a"), entry("boss"), entry(null)];
    expect([areNamesHidden(open), areNamesHidden(decided), areNamesHidden([])]).toEqual([true, false, false]);
    expect(withoutNames(entries, open).map(({ byName }) => byName)).toEqual([null, "name of boss", null]);
    expect(withoutNames(entries, decided)).toEqual(entries);
  });
});

describe("what is marked of a disputed image that may have several labels", () => {
  const label = (id: number, name: string, group = "") => ({ id, name, group });
  const [CAT, DAY, NIGHT] = [label(1, "Cat"), label(2, "Day", "Time"), label(3, "Night", "Time")] as const;
  const KNOWN = { labels: [CAT, DAY, NIGHT], groups: [{ path: "Time", exclusive: true }] } as unknown as Labels;

  it("is at first what more than half say who did not skip it, in the project's order", () => {
    const opinions = [by("a", ["Day", "Cat"]), by("b", ["Cat", "Night"]), by("c", null), by("d", ["Cat", "Day"]), by("e", null)];
    expect(majorityOf(opinions, KNOWN)).toEqual(["Cat", "Day"]);
    expect(majorityOf(opinions.slice(0, 2), KNOWN)).toEqual(["Cat"]);
    expect(majorityOf([by("a", null), by("b", [])], KNOWN)).toEqual([]);
  });

  it("is one of a group that has become exclusive since", () => {
    expect(majorityOf([by("a", ["Day", "Night"]), by("b", ["Night", "Day"])], KNOWN)).toEqual(["Day"]);
  });

  it("is turned on and off, for that image alone, and rules others out", () => {
    const opinions = [by("a", ["Day"]), by("b", ["Day"])];
    const once = turnedIn(markedOf(null, "one", opinions, KNOWN), NIGHT as Labels["labels"][number], KNOWN);
    expect(once).toEqual(["Night"]);
    expect(turnedIn(once, NIGHT as Labels["labels"][number], KNOWN)).toEqual([]);
    const draft = { imageId: "one", labels: once };
    expect([markedOf(draft, "one", opinions, KNOWN), markedOf(draft, "two", opinions, KNOWN)]).toEqual([["Night"], ["Day"]]);
  });
});

describe("who decides", () => {
  const rows = (...states: string[]) => states.map((state) => ({ state }) as ImageRow);

  it("is at the next disputed image at once, or back at the first", () => {
    expect(nextDisputed(rows("disputed", "labeled", "disputed"), 0)).toBe(2);
    expect(nextDisputed(rows("disputed", "labeled", "disputed"), 2)).toBe(0);
    expect(nextDisputed(rows("disputed", "labeled", "disputed", "disputed"), 2)).toBe(3);
    expect(nextDisputed(rows("labeled", "disputed", "labeled"), 1)).toBe(2);
  });
});

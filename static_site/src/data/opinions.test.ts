import { describe, expect, it } from "vitest";
import type { HistoryEntry, ImageRow, Opinion } from "../api/types";
import { areNamesHidden, choosable, nextDisputed, voicesOf, withoutNames } from "./opinions";

const by = (userId: string, labels: string[] | null, decided: boolean | null = null): Opinion => ({
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

  it("are chosen by their place, but that an image was skipped", () => {
    const voices = voicesOf([by("a", null), by("b", ["Cat"]), by("c", ["Dog"])]);
    expect([0, 1, 2].map((place) => choosable(voices, place)?.labels)).toEqual([["Cat"], ["Dog"], undefined]);
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

describe("who decides", () => {
  const rows = (...states: string[]) => states.map((state) => ({ state }) as ImageRow);

  it("is at the next disputed image at once, or back at the first", () => {
    expect(nextDisputed(rows("disputed", "labeled", "disputed"), 0)).toBe(2);
    expect(nextDisputed(rows("disputed", "labeled", "disputed"), 2)).toBe(0);
    expect(nextDisputed(rows("labeled", "disputed", "labeled"), 1)).toBe(2);
  });
});

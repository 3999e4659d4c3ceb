import { describe, expect, it } from "vitest";
import { everyDay, everyHour, hoursLeft, labeledToday, paceToday } from "./pace";

/** A quarter past noon, by the clock of whoever runs this. */
const NOW = new Date(2026, 4, 6, 12, 15).getTime();
const ago = (hours: number): string => new Date(Math.floor(NOW / 3_600_000) * 3_600_000 - hours * 3_600_000).toISOString();

describe("the pace of today", () => {
  it("is that of the hours in which somebody labeled", () => {
    expect(paceToday([{ at: ago(5), labeled: 100 }, { at: ago(1), labeled: 200 }], NOW)).toBe(150);
  });

  it("counts the running hour as far as it has run", () => {
    expect(paceToday([{ at: ago(1), labeled: 100 }, { at: ago(0), labeled: 25 }], NOW)).toBe(100);
  });

  it("is none when nobody labels today", () => {
    expect(paceToday([], NOW)).toBeNull();
    expect(paceToday([{ at: ago(30), labeled: 100 }], NOW)).toBeNull();
  });

  it("tells how much is left, unless nothing is or there is no pace", () => {
    expect(hoursLeft(300, 100)).toBe(3);
    expect(hoursLeft(0, 100)).toBeNull();
    expect(hoursLeft(300, null)).toBeNull();
  });

  it("counts what one person has labeled since midnight", () => {
    const lastHours = [...Array.from({ length: 22 }, () => 1), 10, 100];
    expect(labeledToday(lastHours, NOW)).toBe(11 + 10 + 100);
  });
});

describe("the course of time", () => {
  it("has an hour without labels, too", () => {
    const points = everyHour([{ at: ago(2), labeled: 9 }], NOW);
    expect(points).toHaveLength(48);
    expect(points.at(-3)).toEqual({ at: new Date(ago(2)), labeled: 9 });
    expect(points.filter((point) => point.labeled > 0)).toHaveLength(1);
  });

  it("goes from the first day to today, a week at least", () => {
    const now = Date.UTC(2026, 4, 6, 12);
    expect(everyDay([], now, 90)).toHaveLength(7);
    const points = everyDay([{ date: "2026-04-20", labeled: 5 }], now, 90);
    expect(points).toHaveLength(17);
    expect(points[0]?.labeled).toBe(5);
    expect(everyDay([{ date: "2025-01-01", labeled: 5 }], now, 90)).toHaveLength(90);
  });
});

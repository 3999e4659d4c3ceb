import { describe, expect, it } from "vitest";
import { ago, duration, every } from "./words";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("how long ago", () => {
  it("says nothing to watch of the last seconds, nor of a clock that is ahead", () => {
    expect(ago(4 * SECOND)).toBe("just now");
    expect(ago(-HOUR)).toBe("just now");
  });

  it("counts in the largest unit of which there is one", () => {
    expect(ago(59 * SECOND)).toBe("59 sec ago");
    expect(ago(MINUTE)).toBe("1 min ago");
    expect(ago(HOUR - 1)).toBe("59 min ago");
    expect(ago(HOUR)).toBe("1 hr ago");
    expect(ago(DAY - 1)).toBe("23 hr ago");
    expect(ago(3 * DAY)).toBe("3 days ago");
  });
});

describe("how long something took", () => {
  it("is rounded down, in one unit", () => {
    expect(duration(12 * SECOND + 900)).toBe("12 s");
    expect(duration(MINUTE - 1)).toBe("59 s");
    expect(duration(3 * MINUTE + 59 * SECOND)).toBe("3 min");
    expect(duration(2 * HOUR)).toBe("2 h");
    expect(duration(2 * DAY)).toBe("2 d");
  });

  it("is never no time at all", () => {
    expect(duration(0)).toBe("< 1 s");
  });
});

describe("how often", () => {
  it("is said in the largest unit that comes out even", () => {
    expect(every(10)).toBe("every 10 minutes");
    expect(every(90)).toBe("every 90 minutes");
    expect(every(60)).toBe("every hour");
    expect(every(360)).toBe("every 6 hours");
    expect(every(1_440)).toBe("every day");
  });
});

import { describe, expect, it } from "vitest";
import { texts } from "./texts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("how long ago", () => {
  it("says nothing to watch of the last seconds, nor of a clock that is ahead", () => {
    expect(texts.time.ago(4 * SECOND)).toBe("just now");
    expect(texts.time.ago(-HOUR)).toBe("just now");
  });

  it("counts in the largest unit of which there is one", () => {
    expect(texts.time.ago(59 * SECOND)).toBe("59 sec ago");
    expect(texts.time.ago(MINUTE)).toBe("1 min ago");
    expect(texts.time.ago(HOUR - 1)).toBe("59 min ago");
    expect(texts.time.ago(HOUR)).toBe("1 hr ago");
    expect(texts.time.ago(DAY - 1)).toBe("23 hr ago");
    expect(texts.time.ago(3 * DAY)).toBe("3 days ago");
  });
});

describe("how long something took", () => {
  it("is rounded down, in one unit", () => {
    expect(texts.time.duration(12 * SECOND + 900)).toBe("12 s");
    expect(texts.time.duration(MINUTE - 1)).toBe("59 s");
    expect(texts.time.duration(3 * MINUTE + 59 * SECOND)).toBe("3 min");
    expect(texts.time.duration(2 * HOUR)).toBe("2 h");
    expect(texts.time.duration(2 * DAY)).toBe("2 d");
  });

  it("is never no time at all", () => {
    expect(texts.time.duration(0)).toBe("< 1 s");
  });
});

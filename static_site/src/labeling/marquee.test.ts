import { describe, expect, it } from "vitest";
import { isDrag, rectOf, scrollStep, touched, type Rect } from "./marquee";

/** Nine tiles of 100 × 100 with gaps of 10. */
const TILES: Rect[] = Array.from({ length: 9 }, (_, at) => {
  const [left, top] = [(at % 3) * 110, Math.floor(at / 3) * 110];
  return { left, top, right: left + 100, bottom: top + 100 };
});

describe("the rectangle", () => {
  it("is the same from whichever corner it is dragged", () => {
    const [a, b] = [
      { x: 10, y: 150 },
      { x: 120, y: 20 },
    ];
    expect(rectOf(a, b)).toEqual({ left: 10, top: 20, right: 120, bottom: 150 });
    expect(rectOf(b, a)).toEqual(rectOf(a, b));
  });

  it("touches every tile that it overlaps, however little", () => {
    expect(touched(rectOf({ x: 90, y: 90 }, { x: 115, y: 115 }), TILES)).toEqual([0, 1, 3, 4]);
    expect(touched(rectOf({ x: 150, y: 0 }, { x: 150, y: 400 }), TILES)).toEqual([1, 4, 7]);
  });

  it("touches none beyond any of its sides", () => {
    expect(touched(rectOf({ x: 0, y: 230 }, { x: 400, y: 300 }), TILES)).toEqual([6, 7, 8]);
    expect(touched(rectOf({ x: 0, y: 0 }, { x: 400, y: 50 }), TILES)).toEqual([0, 1, 2]);
    expect(touched(rectOf({ x: 230, y: 0 }, { x: 300, y: 400 }), TILES)).toEqual([2, 5, 8]);
    expect(touched(rectOf({ x: 0, y: 0 }, { x: 50, y: 400 }), TILES)).toEqual([0, 3, 6]);
  });

  it("touches none within a gap", () => {
    expect(touched(rectOf({ x: 102, y: 102 }, { x: 108, y: 108 }), TILES)).toEqual([]);
  });

  it("begins with a movement, not with an unsteady hand", () => {
    expect(isDrag({ x: 0, y: 0 }, { x: 3, y: 3 })).toBe(false);
    expect(isDrag({ x: 0, y: 0 }, { x: 4, y: 4 })).toBe(true);
  });
});

describe("scrolling along", () => {
  it("happens near the edges only, and faster beyond them", () => {
    expect(scrollStep(300, 0, 600)).toBe(0);
    expect(scrollStep(590, 0, 600)).toBeGreaterThan(0);
    expect(scrollStep(700, 0, 600)).toBeGreaterThan(scrollStep(590, 0, 600));
    expect(scrollStep(5, 0, 600)).toBeLessThan(0);
  });
});

import { describe, expect, it } from "vitest";
import { drawnPixel, isBeyond, moved, WHOLE, zoomed } from "./zoom";

const ROOM = { width: 1000, height: 500 };
/** Drawn as 500 × 500 where it is whole. */
const SQUARE = { width: 2000, height: 2000 };
const MIDDLE = { x: 0, y: 0 };

describe("zooming", () => {
  it("enlarges around the middle", () => {
    expect(zoomed(WHOLE, 2, MIDDLE, SQUARE, ROOM)).toEqual({ scale: 2, x: 0, y: 0 });
  });

  it("keeps what is under the pointer there", () => {
    const at = { x: 100, y: 150 };
    const view = zoomed({ scale: 4, x: 0, y: 0 }, 1.5, at, SQUARE, ROOM);
    // The point of the image, in its own pixels from its middle, before and after.
    expect((at.x - view.x) / view.scale).toBeCloseTo(at.x / 4);
    expect((at.y - view.y) / view.scale).toBeCloseTo(at.y / 4);
  });

  it("ends with the whole image, in the middle, and before its pixels are all that is seen", () => {
    expect(zoomed({ scale: 1.5, x: 0, y: 90 }, 0.1, { x: 300, y: 200 }, SQUARE, ROOM)).toEqual(WHOLE);
    expect(zoomed(WHOLE, 1000, MIDDLE, SQUARE, ROOM).scale).toBe(12);
  });
});

describe("the image's own pixels", () => {
  const huge = { width: 40_000, height: 2000 };

  it("can be reached, and enlarged, however large the image is", () => {
    const view = zoomed(WHOLE, 1000, MIDDLE, huge, ROOM);
    expect(view.scale).toBe(80);
    expect(drawnPixel(view, huge, ROOM)).toBe(2);
  });

  it("are needed where more of them are drawn than the preview has", () => {
    const asks = (scale: number, pixelRatio = 1, width = 1000, image = SQUARE) => {
      const view = { ...WHOLE, scale };
      return isBeyond(view, drawnPixel(view, image, ROOM), image, width, pixelRatio);
    };
    expect(asks(2)).toBe(false);
    expect(asks(2.1)).toBe(true);
    expect(asks(1.5, 2)).toBe(true);
    // Who has not zoomed in does not ask, on whatever screen.
    expect(asks(1, 4)).toBe(false);
    // The preview has all of them.
    expect(asks(12, 1, 300, { width: 300, height: 300 })).toBe(false);
  });
});

describe("moving", () => {
  it("ends at the image's edge", () => {
    const view = { scale: 3, x: 0, y: 0 };
    expect(moved(view, { x: 100, y: -200 }, SQUARE, ROOM)).toEqual({ scale: 3, x: 100, y: -200 });
    expect(moved(view, { x: 9000, y: 9000 }, SQUARE, ROOM)).toEqual({ scale: 3, x: 250, y: 500 });
  });

  it("does nothing along a side that fits", () => {
    expect(moved(WHOLE, { x: 50, y: 50 }, SQUARE, ROOM)).toEqual(WHOLE);
    expect(moved({ scale: 2, x: 0, y: 0 }, { x: 50, y: 50 }, SQUARE, ROOM)).toEqual({ scale: 2, x: 0, y: 50 });
  });
});

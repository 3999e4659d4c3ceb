import { describe, expect, it } from "vitest";
import { comeBack, keepInPlace, layoutOf } from "./sizes";

describe("a layout", () => {
  it("has as many columns as there is room for, and at least one", () => {
    expect(layoutOf(1_008, "medium", false).columns).toBe(6);
    expect(layoutOf(1_008, "small", false).columns).toBe(8);
    expect(layoutOf(60, "large", false).columns).toBe(1);
  });

  it("has square tiles where they are close together", () => {
    const { columns, rowHeight, gap } = layoutOf(1_000, "large", true);
    expect(columns * rowHeight + (columns - 1) * gap).toBeLessThanOrEqual(1_000);
    expect((columns + 1) * 200 + columns * gap).toBeGreaterThan(1_000);
  });
});

describe("what is in sight", () => {
  const wide = { columns: 6, picture: 124, rowHeight: 170, gap: 10, isTight: false };
  const narrow = { ...wide, columns: 4 };

  it("stays where it is at the top", () => {
    const from = { layout: wide, margin: 300, offset: 200, seen: 700 };
    expect(keepInPlace(from, { layout: narrow, margin: 300 }, 0)).toBe(200);
  });

  it("keeps the focused image in its place when the room changes", () => {
    // Image 62 is in row 10 of the wide layout, and in row 15 of the narrow one.
    const from = { layout: wide, margin: 300, offset: 2_000, seen: 700 };
    expect(keepInPlace(from, { layout: narrow, margin: 300 }, 62)).toBe(2_000 + 5 * 180);
  });

  it("keeps the first image in sight in its place where the focus is elsewhere", () => {
    // The first whole row in sight is row 10: it begins with image 60, which is in row 15 then.
    const from = { layout: wide, margin: 300, offset: 2_000, seen: 700 };
    expect(keepInPlace(from, { layout: narrow, margin: 320 }, 0)).toBe(2_020 + 5 * 180);
  });

  it("is there again when one comes back", () => {
    expect(comeBack(2_000, 700, { layout: wide, margin: 300 }, 0)).toBe(2_000);
    expect(comeBack(0, 700, { layout: wide, margin: 300 }, 6)).toBe(0);
  });

  it("is the focused image when one had scrolled up to leave", () => {
    // Row 10, in the middle of what is seen.
    expect(comeBack(0, 700, { layout: wide, margin: 300 }, 62)).toBe(300 + 10 * 180 - 265);
  });
});

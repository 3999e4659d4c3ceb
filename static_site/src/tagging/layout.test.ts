import { describe, expect, it } from "vitest";
import { fitGrid, GAP, LAYOUTS, pictureUrl } from "./layout";

const ROOM = { width: 968, height: 680 };

describe("the grid", () => {
  it.each(LAYOUTS.filter((count) => count <= 16))("shows %i images without scrolling", (count) => {
    const { columns, rowHeight } = fitGrid(count, ROOM.width, ROOM.height);
    const rows = Math.ceil(count / columns);
    expect(rows * rowHeight + (rows - 1) * GAP).toBeLessThanOrEqual(ROOM.height);
  });

  it.each([
    [4, 2],
    [9, 3],
    [16, 4],
  ])("leaves no place empty with %i images", (count, columns) => {
    expect(fitGrid(count, ROOM.width, ROOM.height).columns).toBe(columns);
  });

  it("scrolls rather than making tiles too small to see", () => {
    const { columns, rowHeight } = fitGrid(99, ROOM.width, ROOM.height);
    expect(ROOM.width / columns).toBeGreaterThan(96);
    expect(Math.ceil(99 / columns) * rowHeight).toBeGreaterThan(ROOM.height);
  });
});

describe("a picture", () => {
  it("is the preview in large tiles and the thumbnail in small ones", () => {
    const image = { previewUrl: "large", thumbnailUrl: "small" };
    expect(pictureUrl(image, 9)).toBe("large");
    expect(pictureUrl(image, 36)).toBe("small");
  });
});

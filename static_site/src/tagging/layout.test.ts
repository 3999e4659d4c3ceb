import { describe, expect, it, vi } from "vitest";
import { BAND, fitGrid, fitPicture, GAP, isThumbnailEnough, LAYOUTS, noteRoom, PADDING, pictureUrl } from "./layout";

const ROOM = { width: 968, height: 680 };

describe("the grid", () => {
  it.each(LAYOUTS.filter((count) => count <= 16))("shows %i images without scrolling", (count) => {
    const { columns, rowHeight } = fitGrid(count, ROOM);
    const rows = Math.ceil(count / columns);
    expect(rows * rowHeight + (rows - 1) * GAP).toBeLessThanOrEqual(ROOM.height);
  });

  it.each([
    [4, 2],
    [9, 3],
    [16, 4],
  ])("leaves no place empty with %i images", (count, columns) => {
    expect(fitGrid(count, ROOM).columns).toBe(columns);
  });

  it("scrolls rather than making tiles too small to see", () => {
    const { columns, rowHeight } = fitGrid(99, ROOM);
    expect(ROOM.width / columns).toBeGreaterThan(96);
    expect(Math.ceil(99 / columns) * rowHeight).toBeGreaterThan(ROOM.height);
  });
});

const PHOTO = { width: 4000, height: 3000 };

describe("a picture", () => {
  it("keeps its proportions and is as large as its tile lets it be", () => {
    expect(fitPicture(PHOTO, { width: 400, height: 600 })).toEqual({ width: 400, height: 300 });
    expect(fitPicture(PHOTO, { width: 900, height: 300 })).toEqual({ width: 400, height: 300 });
    expect(fitPicture({ width: 32, height: 32 }, { width: 320, height: 400 })).toEqual({ width: 320, height: 320 });
  });

  it("has all of its tile but the band and the edge", () => {
    const { picture, rowHeight } = fitGrid(1, ROOM);
    expect(picture).toEqual({ width: ROOM.width - 2 * PADDING, height: rowHeight - BAND - 2 * PADDING });
  });

  it("is the preview where the thumbnail would be enlarged, counted in the pixels of the screen", () => {
    const small = { width: 250, height: 250 };
    expect(isThumbnailEnough(PHOTO, small, 1)).toBe(true);
    expect(isThumbnailEnough(PHOTO, small, 2)).toBe(false);
    expect(isThumbnailEnough(PHOTO, { width: 500, height: 500 }, 1)).toBe(false);
  });

  it("is the thumbnail of an image that is no larger than that", () => {
    expect(isThumbnailEnough({ width: 200, height: 100 }, { width: 900, height: 900 }, 2)).toBe(true);
  });

  it("is chosen for the room that there is", () => {
    const image = { ...PHOTO, previewUrl: "large", thumbnailUrl: "small" };
    vi.stubGlobal("devicePixelRatio", 1);
    noteRoom(ROOM);
    expect(LAYOUTS.map((count) => pictureUrl(image, count))).toEqual([...Array(3).fill("large"), ...Array(4).fill("small")]);
    vi.stubGlobal("devicePixelRatio", 2);
    expect(pictureUrl(image, 16)).toBe("large");
    expect(pictureUrl(image, 99)).toBe("small");
  });
});

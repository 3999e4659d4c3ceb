import { describe, expect, it, vi } from "vitest";
import { BAND, fitGrid, fitPicture, GAP, isThumbnailEnough, LAYOUTS, noteRoom, PADDING, pictureUrl } from "./layout";

const ROOM = { width: 968, height: 680 };
const PHOTO = { width: 4000, height: 3000 };
const WIDE = { width: 1920, height: 1080 };
const TALL = { width: 1080, height: 1920 };

const pageOf = (count: number, image = PHOTO) => Array<typeof PHOTO>(count).fill(image);

describe("the grid", () => {
  it.each(LAYOUTS.filter((count) => count <= 16))("shows %i images without scrolling", (count) => {
    const { columns, rowHeight } = fitGrid(pageOf(count), ROOM);
    const rows = Math.ceil(count / columns);
    expect(rows * rowHeight + (rows - 1) * GAP).toBeLessThanOrEqual(ROOM.height);
  });

  it.each([
    [4, 2],
    [9, 3],
    [16, 4],
  ])("leaves no place empty with %i images", (count, columns) => {
    expect(fitGrid(pageOf(count), ROOM).columns).toBe(columns);
  });

  // At 1366 x 768, beside the panel.
  const SMALL = { width: 967, height: 640 };

  it.each([
    ["wide", WIDE, 3, 309],
    ["tall", TALL, 5, 158],
    ["square", { width: 500, height: 500 }, 5, 178],
  ])("shows nine %s pictures as large as it can", (_, image, columns, width) => {
    const grid = fitGrid(pageOf(9, image), SMALL);
    expect(grid.columns).toBe(columns);
    expect(fitPicture(image, grid.picture).width).toBeGreaterThanOrEqual(width);
  });

  it.each([WIDE, TALL, PHOTO])("shows %o no smaller than any other number of columns would", (image) => {
    for (const count of LAYOUTS.filter((one) => one <= 16)) {
      const shown = fitPicture(image, fitGrid(pageOf(count, image), SMALL).picture);
      for (let columns = 1; columns <= count; columns += 1) {
        const rows = Math.ceil(count / columns);
        const other = fitPicture(image, {
          width: (SMALL.width - GAP * (columns - 1)) / columns - 2 * PADDING,
          height: (SMALL.height - GAP * (rows - 1)) / rows - BAND - 2 * PADDING,
        });
        expect(shown.width).toBeGreaterThanOrEqual(other.width - 2);
      }
    }
  });

  it("goes by most of a page's images, not by a few of another shape", () => {
    const mixed = [TALL, ...pageOf(7, WIDE), { width: 9000, height: 10 }];
    expect(fitGrid(mixed, SMALL)).toEqual(fitGrid(pageOf(9, WIDE), SMALL));
  });

  it("shapes tiles that are scrolled to as the pictures are", () => {
    const wide = fitGrid(pageOf(99, WIDE), ROOM);
    const tall = fitGrid(pageOf(99, TALL), ROOM);
    expect(wide.columns).toBeLessThan(tall.columns);
    expect(wide.picture.width).toBeGreaterThan(wide.picture.height);
    expect(tall.picture.width).toBeLessThan(tall.picture.height);
  });

  it("scrolls rather than making tiles too small to see", () => {
    const { columns, rowHeight } = fitGrid(pageOf(99), ROOM);
    expect(ROOM.width / columns).toBeGreaterThan(88);
    expect(Math.ceil(99 / columns) * rowHeight).toBeGreaterThan(ROOM.height);
  });
});

describe("a picture", () => {
  it("keeps its proportions and is as large as its tile lets it be", () => {
    expect(fitPicture(PHOTO, { width: 400, height: 600 })).toEqual({ width: 400, height: 300 });
    expect(fitPicture(PHOTO, { width: 900, height: 300 })).toEqual({ width: 400, height: 300 });
    expect(fitPicture({ width: 32, height: 32 }, { width: 320, height: 400 })).toEqual({ width: 320, height: 320 });
  });

  it("has all of its tile but the band and the edge", () => {
    const { picture, rowHeight } = fitGrid(pageOf(1), ROOM);
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
    expect(LAYOUTS.map((count) => pictureUrl(image, pageOf(count)))).toEqual([...Array(3).fill("large"), ...Array(4).fill("small")]);
    vi.stubGlobal("devicePixelRatio", 2);
    expect(pictureUrl(image, pageOf(16))).toBe("large");
    expect(pictureUrl(image, pageOf(99))).toBe("small");
  });
});

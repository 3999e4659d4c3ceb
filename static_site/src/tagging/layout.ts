export const LAYOUTS = [1, 4, 6, 9, 16, 36, 99] as const;

/** Above this many images on a page, the thumbnail is as sharp as the tile. */
const LARGE_TILES = 16;
const SMALLEST_TILE = 96;
export const GAP = 8;
export const BAND = 26;

export interface Grid {
  columns: number;
  /** The height of a row, band included; rows that do not fit are scrolled to. */
  rowHeight: number;
}

/** The grid that shows `count` images as large as possible in the room there is, with few places left empty. */
export function fitGrid(count: number, width: number, height: number): Grid {
  let best = { columns: 1, rowHeight: height, side: 0, worth: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const tileWidth = (width - GAP * (columns - 1)) / columns;
    const rowHeight = (height - GAP * (rows - 1)) / rows;
    const side = Math.min(tileWidth, rowHeight - BAND);
    const worth = (side * count) / (columns * rows);
    if (worth > best.worth) best = { columns, rowHeight: Math.floor(rowHeight), side, worth };
  }
  if (best.side >= SMALLEST_TILE || count <= LARGE_TILES) return { columns: best.columns, rowHeight: best.rowHeight };
  const columns = Math.max(1, Math.floor((width + GAP) / (SMALLEST_TILE + GAP)));
  return { columns, rowHeight: SMALLEST_TILE + BAND };
}

export const pictureUrl = (image: { previewUrl: string; thumbnailUrl: string }, count: number): string =>
  count <= LARGE_TILES ? image.previewUrl : image.thumbnailUrl;

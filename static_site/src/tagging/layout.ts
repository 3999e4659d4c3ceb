export const LAYOUTS = [1, 4, 6, 9, 16, 36, 99] as const;

/** So few tiles are never scrolled to. */
const ALWAYS_FIT = 16;
const SMALLEST_TILE = 96;
export const GAP = 8;
export const BAND = 26;
/** Around the picture in its tile. */
export const PADDING = 4;
/** The longest side of a thumbnail, and by how much it may be enlarged before the eye sees it. */
const THUMBNAIL_SIDE = 256;
const ENLARGED = 1.2;
/** About what the panel, and the bars above, take of the window. */
const PANEL_WIDTH = 312;
const BARS_HEIGHT = 120;

export interface Size {
  width: number;
  height: number;
}

export interface Grid {
  columns: number;
  /** The height of a row, band included; rows that do not fit are scrolled to. */
  rowHeight: number;
  /** The room for the picture in a tile. */
  picture: Size;
}

/** The grid that shows `count` images as large as possible in the room there is, with few places left empty. */
export function fitGrid(count: number, room: Size): Grid {
  let best = { columns: 1, rowHeight: room.height, side: 0, worth: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const rowHeight = (room.height - GAP * (rows - 1)) / rows;
    const side = Math.min(tileWidth(columns, room), rowHeight - BAND);
    const worth = (side * count) / (columns * rows);
    if (worth > best.worth) best = { columns, rowHeight: Math.floor(rowHeight), side, worth };
  }
  if (best.side >= SMALLEST_TILE || count <= ALWAYS_FIT) return gridOf(best.columns, best.rowHeight, room);
  const columns = Math.max(1, Math.floor((room.width + GAP) / (SMALLEST_TILE + GAP)));
  return gridOf(columns, SMALLEST_TILE + BAND, room);
}

const tileWidth = (columns: number, room: Size): number => (room.width - GAP * (columns - 1)) / columns;

const gridOf = (columns: number, rowHeight: number, room: Size): Grid => ({
  columns,
  rowHeight,
  picture: {
    width: Math.max(Math.floor(tileWidth(columns, room)) - 2 * PADDING, 1),
    height: Math.max(rowHeight - BAND - 2 * PADDING, 1),
  },
});

/** An image as large as it gets in this room. */
export function fitPicture(image: Size, room: Size): Size {
  const scale = Math.min(room.width / image.width, room.height / image.height);
  return { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
}

/** Whether the thumbnail is as good as the preview where the picture has this room. `density`: device pixels to one of CSS. */
export function isThumbnailEnough(image: Size, room: Size, density: number): boolean {
  if (Math.max(image.width, image.height) <= THUMBNAIL_SIDE) return true;
  const drawn = fitPicture(image, room);
  return Math.max(drawn.width, drawn.height) * density <= THUMBNAIL_SIDE * ENLARGED;
}

let measured: Size | null = null;

/** Remembers the room for the tiles, so that the pictures of the next page, loaded ahead, are those that it shows. */
export function noteRoom(room: Size): void {
  measured = room;
}

interface Picture extends Size {
  previewUrl: string;
  thumbnailUrl: string;
}

/** The picture that a page of `count` images shows of this one, on this screen. */
export function pictureUrl(image: Picture, count: number): string {
  const room = measured ?? {
    width: Math.max(innerWidth - PANEL_WIDTH, SMALLEST_TILE),
    height: Math.max(innerHeight - BARS_HEIGHT, SMALLEST_TILE),
  };
  const { picture } = fitGrid(count, room);
  return isThumbnailEnough(image, picture, devicePixelRatio) ? image.thumbnailUrl : image.previewUrl;
}

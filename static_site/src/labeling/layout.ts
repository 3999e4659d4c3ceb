export const LAYOUTS = [1, 4, 6, 9, 16, 36, 99] as const;

/** So few tiles are never scrolled to. */
const ALWAYS_FIT = 16;
/** The side of a picture that can be judged; of one that is not square, of a square as large. */
const SMALLEST = 88;
/** Images that are longer than this are rare, and would make their page's tiles so. */
const MOST_STRETCHED = 3;
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

/** The grid that shows a page's images as large as possible in the room there is, by their usual proportions: those are
 *  known before the pictures come, so nothing moves when they do. */
export function fitGrid(images: readonly Size[], room: Size): Grid {
  const count = images.length;
  const usual = { width: usualProportions(images), height: 1 };
  const areaIn = ({ picture }: Grid) => usual.width * scaleOf(usual, picture) ** 2;
  let best = gridIn(1, count, room);
  for (let columns = 2; columns <= count; columns += 1) {
    const grid = gridIn(columns, count, room);
    const isLarger = areaIn(grid) > areaIn(best);
    // Where some are as good, the one that leaves the fewest places empty.
    if (isLarger || (areaIn(grid) === areaIn(best) && placesOf(grid, count) < placesOf(best, count))) best = grid;
  }
  if (areaIn(best) >= SMALLEST ** 2 || count <= ALWAYS_FIT) return best;
  const width = SMALLEST * Math.sqrt(usual.width) + 2 * PADDING;
  const columns = Math.max(1, Math.floor((room.width + GAP) / (width + GAP)));
  return gridOf(columns, Math.ceil(SMALLEST / Math.sqrt(usual.width)) + BAND + 2 * PADDING, room);
}

/** Width by height of the image in the middle, so that a few of other shapes change nothing. */
function usualProportions(images: readonly Size[]): number {
  const all = images.map(({ width, height }) => width / height).sort((one, other) => one - other);
  const middle = all[Math.floor(all.length / 2)] ?? 1;
  return Math.min(Math.max(middle, 1 / MOST_STRETCHED), MOST_STRETCHED);
}

const placesOf = ({ columns }: Grid, count: number): number => columns * Math.ceil(count / columns);

const tileWidth = (columns: number, room: Size): number => (room.width - GAP * (columns - 1)) / columns;

function gridIn(columns: number, count: number, room: Size): Grid {
  const rows = Math.ceil(count / columns);
  return gridOf(columns, Math.floor((room.height - GAP * (rows - 1)) / rows), room);
}

const gridOf = (columns: number, rowHeight: number, room: Size): Grid => ({
  columns,
  rowHeight,
  picture: {
    width: Math.max(Math.floor(tileWidth(columns, room)) - 2 * PADDING, 1),
    height: Math.max(rowHeight - BAND - 2 * PADDING, 1),
  },
});

const scaleOf = (image: Size, room: Size): number => Math.min(room.width / image.width, room.height / image.height);

/** An image as large as it gets in this room. */
export function fitPicture(image: Size, room: Size): Size {
  const scale = scaleOf(image, room);
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

/** The picture that a page of these images shows of one of them, on this screen. */
export function pictureUrl(image: Picture, images: readonly Size[]): string {
  const room = measured ?? {
    width: Math.max(innerWidth - PANEL_WIDTH, SMALLEST),
    height: Math.max(innerHeight - BARS_HEIGHT, SMALLEST),
  };
  const { picture } = fitGrid(images, room);
  return isThumbnailEnough(image, picture, devicePixelRatio) ? image.thumbnailUrl : image.previewUrl;
}

/** How the grid's tiles are laid out: all rows are equally high, so that the place of each is known without drawing it. */

export const SIZES = ["small", "medium", "large"] as const;
export type Size = (typeof SIZES)[number];

const STORED = "tiles";
/** Pixels that a tile is wide at least. */
const LEAST: Record<Size, number> = { small: 104, medium: 148, large: 224 };
const TIGHT: Record<Size, number> = { small: 72, medium: 120, large: 200 };
export const BAND = 24;
const NAME = 26;
const GAP = 10;
const TIGHT_GAP = 3;

export interface Layout {
  columns: number;
  /** The height of a picture's place. */
  picture: number;
  rowHeight: number;
  gap: number;
  isTight: boolean;
}

/** bands: one below the other, where a tile is not tight. */
export function layoutOf(width: number, size: Size, isTight: boolean, bands = 1): Layout {
  const gap = isTight ? TIGHT_GAP : GAP;
  const least = isTight ? TIGHT[size] : LEAST[size];
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  const tile = Math.floor((width - gap * (columns - 1)) / columns);
  if (isTight) return { columns, picture: tile, rowHeight: tile, gap, isTight };
  const picture = Math.round(LEAST[size] * 0.84);
  return { columns, picture, rowHeight: picture + bands * BAND + NAME, gap, isTight };
}

const topOf = (index: number, { columns, rowHeight, gap }: Layout): number =>
  Math.floor(index / columns) * (rowHeight + gap);

/** How far to scroll to come back to an image that had the focus: as far as then, unless one had scrolled to the start of
 *  the page, where the ways to other pages are. */
export function comeBack(offset: number, seen: number, { layout, margin }: Placed, focus: number): number {
  const top = margin + topOf(focus, layout);
  const isSeen = top + layout.rowHeight <= offset + seen;
  return offset > margin || isSeen ? offset : Math.max(0, top - Math.floor((seen - layout.rowHeight) / 2));
}

/** The grid, and where in the page it begins. */
export interface Placed {
  layout: Layout;
  margin: number;
}

/** How far to scroll so that an image stays where it was on the screen, when the layout has changed.
 *
 *  offset: how far was scrolled; seen: how much of the page is in sight. */
export function keepInPlace(
  from: Placed & { offset: number; seen: number },
  to: Placed,
  focus: number,
): number {
  const { layout, margin, offset, seen } = from;
  if (offset <= margin) return offset;
  const focusTop = margin + topOf(focus, layout);
  const isSeen = focusTop + layout.rowHeight > offset && focusTop < offset + seen;
  const firstSeen = Math.ceil((offset - margin) / (layout.rowHeight + layout.gap)) * layout.columns;
  const index = isSeen ? focus : firstSeen;
  const onScreen = margin + topOf(index, layout) - offset;
  return Math.max(0, to.margin + topOf(index, to.layout) - onScreen);
}

export function storedSize(): Size {
  const stored = localStorage.getItem(STORED);
  return SIZES.find((one) => one === stored) ?? "medium";
}

export const storeSize = (size: Size): void => localStorage.setItem(STORED, size);

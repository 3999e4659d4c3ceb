/** The geometry of the rectangle that is dragged over the tiles, in pixels of what scrolls. */

export interface Point {
  x: number;
  y: number;
}

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Less is a click with an unsteady hand. */
const THRESHOLD = 5;
/** So near to an edge, what is below scrolls along: by a part of the distance a frame. */
const EDGE = 32;
const SPEED = 0.4;

export const isDrag = (from: Point, to: Point): boolean => Math.hypot(to.x - from.x, to.y - from.y) >= THRESHOLD;

export const rectOf = (from: Point, to: Point): Rect => ({
  left: Math.min(from.x, to.x),
  top: Math.min(from.y, to.y),
  right: Math.max(from.x, to.x),
  bottom: Math.max(from.y, to.y),
});

const touches = (one: Rect, other: Rect): boolean =>
  one.left <= other.right && other.left <= one.right && one.top <= other.bottom && other.top <= one.bottom;

/** The places of the tiles that a rectangle touches. */
export const touched = (rect: Rect, tiles: readonly Rect[]): number[] =>
  tiles.flatMap((tile, at) => (touches(rect, tile) ? [at] : []));

/** How far to scroll in this frame while the pointer is at `y`, between the edges of what can be seen. */
export function scrollStep(y: number, top: number, bottom: number): number {
  if (y < top + EDGE) return Math.floor((y - top - EDGE) * SPEED);
  if (y > bottom - EDGE) return Math.ceil((y - bottom + EDGE) * SPEED);
  return 0;
}

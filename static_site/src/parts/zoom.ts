/** The geometry of zooming: how large an image is drawn, and where. Points and sizes in pixels, from the middle of the room. */

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** `scale` 1 = the whole image, as large as the room; x and y: how far its middle is from that of the room. */
export interface View extends Point {
  scale: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
/** So far can be zoomed at least; and so large a pixel of the image can always become. */
const MOST = 12;
const LARGEST_PIXEL = 2;

/** How wide one of the image's pixels is drawn. */
export const drawnPixel = (view: View, image: Size, room: Size): number =>
  view.scale * Math.min(room.width / image.width, room.height / image.height);

/** Whether zooming in has gone beyond a picture of this width: the image has more pixels, and the screen shows more. */
export const isBeyond = (view: View, pixel: number, image: Size, width: number, pixelRatio: number): boolean =>
  view.scale > 1 && width < image.width && pixel * image.width * pixelRatio > width;

/** No edge of the image comes further in than the edge of the room; along a side that fits, it stays in the middle. */
function within(view: View, image: Size, room: Size): View {
  const pixel = drawnPixel(view, image, room);
  const limit = (offset: number, side: number, space: number) => {
    const most = Math.max((side * pixel - space) / 2, 0);
    // Not -0, which is another number to whoever compares.
    return Math.min(Math.max(offset, -most), most) || 0;
  };
  return {
    scale: view.scale,
    x: limit(view.x, image.width, room.width),
    y: limit(view.y, image.height, room.height),
  };
}

/** Enlarges; what is at that point stays there. */
export function zoomed(view: View, factor: number, at: Point, image: Size, room: Size): View {
  const most = Math.max(MOST, LARGEST_PIXEL / drawnPixel(WHOLE, image, room));
  const scale = Math.min(Math.max(view.scale * factor, 1), most);
  const part = scale / view.scale;
  return within({ scale, x: at.x - (at.x - view.x) * part, y: at.y - (at.y - view.y) * part }, image, room);
}

export const moved = (view: View, by: Point, image: Size, room: Size): View =>
  within({ ...view, x: view.x + by.x, y: view.y + by.y }, image, room);

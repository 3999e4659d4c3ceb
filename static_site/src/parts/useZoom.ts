import { useRef, useState, type MouseEvent, type PointerEvent } from "react";
import { drawnPixel, moved, WHOLE, zoomed, type Point, type Size, type View } from "./zoom";

/** How much a step of the wheel zooms, by the pixels that the browser counts for it. */
const WHEEL = 0.0015;
/** Two fingers on a touch pad come as a wheel with Ctrl, in smaller steps. */
const PINCHED = 5;
const DOUBLE_CLICK = 2.5;
/** A finger that goes so far to a side, in pixels, leafs. */
const SWIPE = 60;
const MIDDLE: Point = { x: 0, y: 0 };

interface ZoomOptions {
  image: Size & { id: string };
  /** Asks for the next (1) or the previous (-1) image. */
  onSwipe: (step: number) => void;
}

type Place = { clientX: number; clientY: number };

const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** An image that is zoomed and moved in its stage by wheel, mouse and fingers. Each image begins whole. */
export function useZoom({ image, onSwipe }: ZoomOptions) {
  const stage = useRef<HTMLDivElement>(null);
  /** pixel: how wide one of the image's is drawn, as far as it was zoomed or moved. */
  const [stored, setStored] = useState<View & { id: string; pixel: number }>({ id: image.id, pixel: 0, ...WHOLE });
  const view: View = stored.id === image.id ? stored : WHOLE;
  /** Where each finger, or the mouse with its button down, was last. */
  const pointers = useRef(new Map<number, Point>());
  const swipeFrom = useRef<number | null>(null);

  /** Changes the view, given the room for the image, and what makes a point of the window one of the room. */
  const change = (next: (before: View, room: Size, pointOf: (place: Place) => Point) => View) => {
    const box = stage.current?.getBoundingClientRect();
    if (!box) return;
    setStored((known) => {
      const before = known.id === image.id ? known : WHOLE;
      const pointOf = ({ clientX, clientY }: Place) => ({
        x: clientX - box.left - box.width / 2,
        y: clientY - box.top - box.height / 2,
      });
      const after = next(before, box, pointOf);
      return { id: image.id, pixel: drawnPixel(after, image, box), ...after };
    });
  };
  const zoomBy = (factor: number) => change((before, room) => zoomed(before, factor, MIDDLE, image, room));
  const panBy = (x: number, y: number) => change((before, room) => moved(before, { x, y }, image, room));
  const reset = () => setStored({ id: image.id, pixel: 0, ...WHOLE });

  const onWheel = (event: WheelEvent) => {
    const factor = Math.exp(-event.deltaY * WHEEL * (event.ctrlKey ? PINCHED : 1));
    change((before, room, pointOf) => zoomed(before, factor, pointOf(event), image, room));
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest("button"))) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const isSwipe = event.pointerType === "touch" && pointers.current.size === 1 && view.scale === 1;
    swipeFrom.current = isSwipe ? event.clientX : null;
  };

  const onPointerMove = (event: PointerEvent) => {
    const from = pointers.current.get(event.pointerId);
    if (!from) return;
    const to = { x: event.clientX, y: event.clientY };
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, to);
    if (!other) {
      panBy(to.x - from.x, to.y - from.y);
      return;
    }
    const [was, is] = [between(from, other), between(to, other)];
    const factor = distance(to, other) / Math.max(distance(from, other), 1);
    change((before, room, pointOf) => {
      const at = pointOf({ clientX: was.x, clientY: was.y });
      const by = { x: is.x - was.x, y: is.y - was.y };
      return moved(zoomed(before, factor, at, image, room), by, image, room);
    });
  };

  const onPointerUp = (event: PointerEvent) => {
    pointers.current.delete(event.pointerId);
    const way = swipeFrom.current === null ? 0 : event.clientX - swipeFrom.current;
    swipeFrom.current = null;
    if (Math.abs(way) > SWIPE) onSwipe(-Math.sign(way));
  };

  const onPointerCancel = (event: PointerEvent) => {
    pointers.current.delete(event.pointerId);
    swipeFrom.current = null;
  };

  const onDoubleClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("button")) return;
    change((before, room, pointOf) =>
      before.scale > 1 ? WHOLE : zoomed(before, DOUBLE_CLICK, pointOf(event), image, room),
    );
  };

  const handlers = { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onDoubleClick };
  return { stage, view, pixel: stored.pixel, zoomBy, panBy, reset, onWheel, handlers };
}

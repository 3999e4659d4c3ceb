import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import { isDrag, rectOf, scrollStep, touched, type Point, type Rect } from "./marquee";

interface Drag {
  /** Where it began, in what scrolls. */
  from: Point;
  /** Where the pointer is, in the window. */
  pointer: Point;
  tiles: readonly Rect[];
  /** What stays selected whatever the rectangle touches. */
  kept: readonly string[];
  isUnderway: boolean;
}

export interface Marquee {
  rect: Rect;
  selected: ReadonlySet<string>;
}

interface MarqueeOptions {
  /** What scrolls, and holds the tiles. */
  scroller: RefObject<HTMLElement | null>;
  ids: readonly string[];
  selected: ReadonlySet<string>;
  onSelect: (ids: readonly string[]) => void;
}

/** A point of the window as one of what scrolls; at its edge where it is beyond, else the rectangle would make it larger. */
const inside = (scroller: HTMLElement, { x, y }: Point): Point => {
  const box = scroller.getBoundingClientRect();
  return {
    x: Math.min(Math.max(x - box.left, 0), scroller.clientWidth),
    y: Math.min(Math.max(y - box.top + scroller.scrollTop, 0), scroller.scrollHeight),
  };
};

function tileRects(scroller: HTMLElement): Rect[] {
  return [...scroller.querySelectorAll("[role=option]")].map((tile) => {
    const { left, top, right, bottom } = tile.getBoundingClientRect();
    return rectOf(inside(scroller, { x: left, y: top }), inside(scroller, { x: right, y: bottom }));
  });
}

/** Selects the tiles that a rectangle touches, which is dragged with the mouse or a pen. What is selected meanwhile is
 *  only shown: Escape leaves all as it was. */
export function useMarquee({ scroller, ids, selected, onSelect }: MarqueeOptions) {
  const [marquee, setMarquee] = useState<Marquee | null>(null);
  const drag = useRef<Drag | null>(null);
  const listening = useRef<AbortController | null>(null);
  /** The click that ends a drag is none. */
  const isClickVoid = useRef(false);
  useEffect(() => () => listening.current?.abort(), []);

  const stop = () => {
    listening.current?.abort();
    drag.current = null;
    setMarquee(null);
  };

  const look = (): Marquee | null => {
    const element = scroller.current;
    if (!element || !drag.current) return null;
    const rect = rectOf(drag.current.from, inside(element, drag.current.pointer));
    const found = touched(rect, drag.current.tiles).flatMap((at) => ids[at] ?? []);
    return { rect, selected: new Set([...drag.current.kept, ...found]) };
  };

  const scrollAlong = () => {
    const element = scroller.current;
    if (!element || !drag.current?.isUnderway) return;
    const { top, bottom } = element.getBoundingClientRect();
    const step = scrollStep(drag.current.pointer.y, top, bottom);
    const before = element.scrollTop;
    element.scrollBy(0, step);
    if (element.scrollTop !== before) setMarquee(look());
    requestAnimationFrame(scrollAlong);
  };

  const onMove = (event: globalThis.PointerEvent) => {
    const element = scroller.current;
    if (!drag.current || !element) return;
    // It was let go where nobody heard of it.
    if (event.buttons === 0) return stop();
    drag.current.pointer = { x: event.clientX, y: event.clientY };
    if (!drag.current.isUnderway) {
      if (!isDrag(drag.current.from, inside(element, drag.current.pointer))) return;
      drag.current.isUnderway = true;
      requestAnimationFrame(scrollAlong);
    }
    setMarquee(look());
  };

  const onUp = () => {
    const found = drag.current?.isUnderway ? look() : null;
    isClickVoid.current = found !== null;
    stop();
    if (found) onSelect([...found.selected]);
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !drag.current?.isUnderway) return;
    event.stopPropagation();
    isClickVoid.current = true;
    stop();
  };

  const onPointerDown = (event: PointerEvent) => {
    isClickVoid.current = false;
    const element = scroller.current;
    if (!element || event.button !== 0 || event.pointerType === "touch") return;
    // On the scroll bar.
    if (event.target === element && event.nativeEvent.offsetX > element.clientWidth) return;
    const pointer = { x: event.clientX, y: event.clientY };
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    drag.current = {
      from: inside(element, pointer),
      pointer,
      tiles: tileRects(element),
      kept: isAdding ? [...selected] : [],
      isUnderway: false,
    };
    listening.current?.abort();
    listening.current = new AbortController();
    const { signal } = listening.current;
    window.addEventListener("pointermove", onMove, { signal });
    window.addEventListener("pointerup", onUp, { signal });
    window.addEventListener("pointercancel", stop, { signal });
    window.addEventListener("blur", stop, { signal });
    // By Ctrl and a click on macOS: the menu opens, and no pointer is told to be up.
    window.addEventListener("contextmenu", stop, { signal });
    window.addEventListener("keydown", onKey, { signal, capture: true });
  };

  return { marquee, onPointerDown, isClickVoid };
}

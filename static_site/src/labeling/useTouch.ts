import { useRef, type MouseEvent, type PointerEvent } from "react";

const LONG_PRESS_MS = 500;
const DOUBLE_MS = 400;
/** A finger that moves further scrolls. */
const STILL = 10;

interface TouchOptions {
  onPress: (index: number, extend: boolean) => void;
  /** What turns an image, a part of its tile, was clicked. */
  onTurn: (index: number) => void;
  onOpen: (index: number) => void;
}

const indexOf = (target: EventTarget): number | null => {
  const tile = target instanceof Element ? target.closest("[data-index]") : null;
  return tile instanceof HTMLElement ? Number(tile.dataset.index) : null;
};

/** Clicks and taps on tiles; two in a row, or a finger that rests on one, open it. */
export function useTouch({ onPress, onTurn, onOpen }: TouchOptions) {
  const resting = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const last = useRef({ index: -1, time: -Infinity });
  const isClickVoid = useRef(false);

  const onPointerEnd = () => {
    if (resting.current) clearTimeout(resting.current.timer);
    resting.current = null;
  };

  const onPointerDown = (event: PointerEvent) => {
    onPointerEnd();
    isClickVoid.current = false;
    const index = indexOf(event.target);
    if (event.pointerType !== "touch" || !event.isPrimary || index === null) return;
    const open = () => {
      isClickVoid.current = true;
      onOpen(index);
    };
    resting.current = { timer: setTimeout(open, LONG_PRESS_MS), x: event.clientX, y: event.clientY };
  };

  const onPointerMove = (event: PointerEvent) => {
    const { x, y } = resting.current ?? { x: event.clientX, y: event.clientY };
    if (Math.hypot(event.clientX - x, event.clientY - y) > STILL) onPointerEnd();
  };

  const onClick = (event: MouseEvent) => {
    const index = indexOf(event.target);
    if (index === null || isClickVoid.current) return;
    if (!event.shiftKey && event.target instanceof Element && event.target.closest("[data-turns]")) {
      onTurn(index);
      return;
    }
    const isSecond = last.current.index === index && event.timeStamp - last.current.time < DOUBLE_MS;
    last.current = { index, time: isSecond ? -Infinity : event.timeStamp };
    onPress(index, event.shiftKey);
    if (isSecond) onOpen(index);
  };

  /** The browser's own menu for pictures would come with a long press. */
  const onContextMenu = (event: MouseEvent) => {
    if (resting.current || isClickVoid.current) event.preventDefault();
  };

  return { onPointerDown, onPointerMove, onPointerUp: onPointerEnd, onPointerCancel: onPointerEnd, onClick, onContextMenu };
}

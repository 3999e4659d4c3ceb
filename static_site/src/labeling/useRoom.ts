import { useCallback, useState } from "react";
import { noteRoom, type Size } from "./layout";

/** The room that the tiles' element has for its content. */
export function useRoom(): [(element: HTMLElement | null) => (() => void) | undefined, Size | null] {
  const [room, setRoom] = useState<Size | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      noteRoom({ width, height });
      setRoom({ width, height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, room];
}

import { useCallback, useState } from "react";

/** Whether a list of so many has more than can be seen of it; looked at anew when its size changes, not its order. */
export function useCrowded(count: number): [(element: HTMLElement | null) => (() => void) | undefined, boolean] {
  const [isCrowded, setIsCrowded] = useState(false);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (!element || count === 0) return undefined;
      const look = () => setIsCrowded(element.scrollHeight > element.clientHeight + 1);
      const observer = new ResizeObserver(look);
      observer.observe(element);
      return () => observer.disconnect();
    },
    [count],
  );
  return [ref, isCrowded];
}

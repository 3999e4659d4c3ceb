import { useEffect } from "react";
import { flushSync } from "react-dom";

/** Lets Escape close the dialog that has the focus at once. A tooltip of what lies behind it may still be there, since not
 *  every browser tells a button that the pointer is no longer on it; the tooltip would take the key for itself. */
export function useEscape(): void {
  useEffect(() => {
    const onKeyDown = ({ key, target }: KeyboardEvent) => {
      if (key !== "Escape" || !(target instanceof Element) || !target.closest("[role=dialog]")) return;
      // Tooltips hear it at the document, and nothing else does.
      flushSync(() => document.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true })));
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}

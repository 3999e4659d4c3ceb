import { useEffect } from "react";

/** So many elements that had the focus, or were clicked, are remembered. */
const MOST = 8;
const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]";

const hasFocus = (): boolean => document.activeElement !== null && document.activeElement !== document.body;

/** Gives the focus back where a dialog or a menu took it along when it went: to what had it last on the page and is still
 *  there. One hook for all of them. Not every browser gives a button the focus when it is clicked, so what is clicked
 *  counts where nothing has the focus then. */
export function useFocusBack(): void {
  useEffect(() => {
    const page = document.getElementById("root");
    const recent: HTMLElement[] = [];
    const note = ({ target }: Event) => {
      const at = hasFocus() ? document.activeElement : target;
      const found = at instanceof Element && page?.contains(at) ? at.closest(FOCUSABLE) : null;
      if (!(found instanceof HTMLElement) || recent.at(-1) === found) return;
      recent.push(found);
      if (recent.length > MOST) recent.shift();
    };
    const giveBack = () => {
      if (hasFocus()) return;
      const last = recent.findLast((one) => one.isConnected && one.checkVisibility());
      (last ?? document.getElementById("main"))?.focus({ preventScroll: true });
    };
    // They are drawn beside the page. Whoever closes one may set the focus in the same moment.
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ removedNodes }) => removedNodes.length > 0)) setTimeout(giveBack);
    });
    const listening = new AbortController();
    const on = { capture: true, signal: listening.signal };
    for (const type of ["focusin", "click", "keydown"]) document.addEventListener(type, note, on);
    observer.observe(document.body, { childList: true });
    return () => {
      listening.abort();
      observer.disconnect();
    };
  }, []);
}

import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { lastPlace, rememberPlace } from "./lastView";
import { comeBack, keepInPlace, type Layout } from "./sizes";

/** Rows that are drawn beyond those in sight, as soon as somebody scrolls. */
const BEYOND = 3;
/** What stands over the end of the page: the bar. */
const COVERED = 76;

const scrollerOf = (list: RefObject<HTMLElement | null>): HTMLElement | null => list.current?.closest("main") ?? null;

/** Where the list begins in what scrolls. */
function marginOf(list: HTMLElement, scroller: HTMLElement): number {
  return Math.round(list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop);
}

/** Which rows of the grid are drawn, in the page that scrolls as a whole. What is in sight stays in sight when the room
 *  changes; the focused image is scrolled to when the focus moves, and is always drawn. */
export function useWindow(
  list: RefObject<HTMLElement | null>,
  count: number,
  layout: Layout,
  focus: number,
  viewName: string,
) {
  const [margin, setMargin] = useState(0);
  const [beyond, setBeyond] = useState(0);
  const focusRow = Math.floor(focus / layout.columns);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing of it is memoized
  const virtual = useVirtualizer({
    count: Math.ceil(count / layout.columns),
    getScrollElement: () => scrollerOf(list),
    estimateSize: () => layout.rowHeight,
    gap: layout.gap,
    overscan: beyond,
    scrollMargin: margin,
    scrollPaddingStart: layout.gap,
    scrollPaddingEnd: COVERED,
    rangeExtractor: (range: Range) => [...new Set([...defaultRangeExtractor(range), focusRow])].sort((a, b) => a - b),
  });

  useEffect(() => {
    const scroller = scrollerOf(list);
    if (!scroller?.firstElementChild || !list.current) return undefined;
    const measure = () => list.current && setMargin(marginOf(list.current, scroller));
    const observer = new ResizeObserver(measure);
    // Whatever grows above the list makes the whole page grow.
    observer.observe(scroller.firstElementChild);
    return () => observer.disconnect();
  }, [list]);

  const shown = useRef<{ layout: Layout; margin: number; offset: number; seen: number } | null>(null);
  useLayoutEffect(() => {
    const scroller = scrollerOf(list);
    if (!scroller || !list.current) return;
    const now = { layout, margin: marginOf(list.current, scroller) };
    const seen = scroller.clientHeight - COVERED;
    const before = shown.current;
    if (!before) scroller.scrollTop = comeBack(lastPlace(viewName)?.offset ?? 0, seen, now, focus);
    else if (before.layout.columns !== layout.columns || before.layout.rowHeight !== layout.rowHeight) {
      virtual.measure();
      scroller.scrollTop = keepInPlace(before, now, focus);
    }
    shown.current = { ...now, offset: scroller.scrollTop, seen };
  }, [list, layout, focus, viewName, virtual]);

  const rowBefore = useRef(focusRow);
  const columnsBefore = useRef(layout.columns);
  useEffect(() => {
    const isMoved = rowBefore.current !== focusRow && columnsBefore.current === layout.columns;
    rowBefore.current = focusRow;
    columnsBefore.current = layout.columns;
    if (isMoved) virtual.scrollToIndex(focusRow, { align: "auto" });
  }, [focusRow, layout.columns, virtual]);

  const focusNow = useRef(focus);
  useEffect(() => {
    focusNow.current = focus;
    rememberPlace(viewName, { focus, offset: scrollerOf(list)?.scrollTop ?? 0 });
  }, [focus, list, viewName]);
  // No longer than the grid is there: without it the page is short, and scrolled to its start by itself.
  useLayoutEffect(() => {
    const scroller = scrollerOf(list);
    if (!scroller) return undefined;
    const note = () => {
      setBeyond(BEYOND);
      if (shown.current) shown.current.offset = scroller.scrollTop;
      rememberPlace(viewName, { focus: focusNow.current, offset: scroller.scrollTop });
    };
    scroller.addEventListener("scroll", note, { passive: true });
    return () => {
      scroller.removeEventListener("scroll", note);
      scroller.scrollTop = 0;
    };
  }, [list, viewName]);

  const last = virtual.range?.endIndex ?? -1;
  return {
    height: virtual.getTotalSize(),
    rows: virtual.getVirtualItems().map((item) => ({ ...item, start: item.start - margin })),
    lastSeen: (last + 1) * layout.columns - 1,
  };
}

import type { Action } from "./actions";

/** The keys that move the focus in a grid. */
export const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"] as const;
export const PAGES = ["PageUp", "PageDown"] as const;

export type Step = (typeof ARROWS)[number] | (typeof PAGES)[number];

/** The actions of these keys: to move the focus, and with Shift to select what lies between. */
export function stepsBy<At>(
  steps: readonly Step[],
  words: { move: string; moveKeys: string; extend: string; extendKeys: string },
  run: (at: At, step: Step, extend: boolean) => void,
): Record<"move" | "extend", Action<At>> {
  const step = (shift: string, extend: boolean) => ({
    keys: steps.map((key) => shift + key),
    repeats: true,
    run: (at: At, key: string) => run(at, key.slice(shift.length) as Step, extend),
  });
  return {
    move: { ...step("", false), text: words.move, written: words.moveKeys },
    extend: { ...step("Shift+", true), text: words.extend, written: words.extendKeys },
  };
}

/** Where a step leads. rows: how many rows of the grid are seen at a time. */
export function destination(step: Step, focus: number, count: number, columns: number, rows = 1): number {
  const last = count - 1;
  const lastRow = last - (last % columns);
  const page = Math.max(1, rows - 1) * columns;
  switch (step) {
    case "ArrowLeft":
      return Math.max(0, focus - 1);
    case "ArrowRight":
      return Math.min(last, focus + 1);
    case "ArrowUp":
      return focus >= columns ? focus - columns : focus;
    case "ArrowDown":
      // From above the gap in the last row to the last image.
      return focus < lastRow ? Math.min(focus + columns, last) : focus;
    case "Home":
      return 0;
    case "End":
      return last;
    case "PageUp":
      return focus >= page ? focus - page : focus % columns;
    case "PageDown":
      return Math.min(focus + page, lastRow + (focus % columns), last);
  }
}

/** Which image of the grid has the focus, and which are selected. Pure: what is pressed goes in, the next state comes out. */

export interface Picks {
  readonly focus: number;
  /** Where a range began that Shift extends. */
  readonly anchor: number;
  readonly selected: ReadonlySet<string>;
}

interface Row {
  readonly id: string;
}

export const NOBODY: ReadonlySet<string> = new Set();
export const startAt = (focus: number): Picks => ({ focus, anchor: focus, selected: NOBODY });

/** The grid may have become shorter: then the last one has the focus. */
export const focusIn = (picks: Picks, rows: readonly Row[]): number =>
  Math.max(0, Math.min(picks.focus, rows.length - 1));

/** What a key applies to: the selection, or else the focused image. */
export function targets<R extends Row>(picks: Picks, rows: readonly R[]): readonly R[] {
  if (picks.selected.size > 0) return rows.filter((row) => picks.selected.has(row.id));
  const focused = rows[focusIn(picks, rows)];
  return focused ? [focused] : [];
}

export function move(picks: Picks, rows: readonly Row[], to: number, extend: boolean): Picks {
  const focus = focusIn({ ...picks, focus: to }, rows);
  if (!extend) return { ...picks, focus, anchor: focus };
  const [from, until] = [Math.min(picks.anchor, focus), Math.max(picks.anchor, focus)];
  return { ...picks, focus, selected: new Set(rows.slice(from, until + 1).map((row) => row.id)) };
}

export function toggle(picks: Picks, rows: readonly Row[]): Picks {
  const focus = focusIn(picks, rows);
  const id = rows[focus]?.id;
  if (id === undefined) return picks;
  const selected = new Set(picks.selected);
  if (!selected.delete(id)) selected.add(id);
  return { focus, anchor: focus, selected };
}

export const press = (picks: Picks, rows: readonly Row[], index: number, extend: boolean): Picks =>
  extend ? move(picks, rows, index, true) : toggle({ ...picks, focus: index }, rows);

export const selectAll = (picks: Picks, rows: readonly Row[]): Picks => ({
  ...picks,
  selected: new Set(rows.map((row) => row.id)),
});

export const selectNone = (picks: Picks): Picks => ({ ...picks, selected: NOBODY });

/** After something was done to the targets: nothing is selected, and who goes on image by image is at the next one. */
export function goOn(picks: Picks, rows: readonly Row[]): Picks {
  return picks.selected.size > 0 ? selectNone(picks) : move(picks, rows, focusIn(picks, rows) + 1, false);
}

import { expect, it } from "vitest";
import { focusIn, goOn, move, press, selectAll, selectNone, startAt, targets, toggle } from "./picks";

const ROWS = ["a", "b", "c", "d"].map((id) => ({ id }));
const selected = (picks: { selected: ReadonlySet<string> }) => [...picks.selected].join("");

it("a key is for the focused image where none is selected", () => {
  expect(targets(startAt(2), ROWS)).toEqual([{ id: "c" }]);
  expect(targets(startAt(0), [])).toEqual([]);
});

it("a key is for the selected images, in the order of the grid", () => {
  const picks = toggle(move(toggle(startAt(3), ROWS), ROWS, 1, false), ROWS);
  expect(targets(picks, ROWS)).toEqual([{ id: "b" }, { id: "d" }]);
});

it("a range grows and shrinks from where it began", () => {
  const from = press(startAt(0), ROWS, 1, false);
  const longer = press(from, ROWS, 3, true);
  expect(selected(longer)).toBe("bcd");
  expect(selected(move(longer, ROWS, 0, true))).toBe("ab");
});

it("the focus stays within what there is", () => {
  expect(move(startAt(0), ROWS, 9, false).focus).toBe(3);
  expect(focusIn(startAt(9), ROWS)).toBe(3);
  expect(focusIn(startAt(9), [])).toBe(0);
});

it("all are selected, and none", () => {
  expect(selected(selectAll(startAt(0), ROWS))).toBe("abcd");
  expect(selected(selectNone(selectAll(startAt(0), ROWS)))).toBe("");
});

it("after one image comes the next; after a selection the focus stays", () => {
  expect(goOn(startAt(1), ROWS).focus).toBe(2);
  const after = goOn(toggle(startAt(1), ROWS), ROWS);
  expect([after.focus, selected(after)]).toEqual([1, ""]);
});

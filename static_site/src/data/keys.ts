/** Which key does what on the Data page. Pure; useKeys listens. */

import { digitOf } from "../parts/digitOf";
import { keyName } from "../parts/keyName";

export type Command =
  | { type: "move"; by: Step; extend: boolean }
  | { type: "label"; key: string }
  | { type: Plain }
  /** A key of ours that is held down: it is done once. */
  | { type: "nothing" };

export type Step = "left" | "right" | "up" | "down" | "first" | "last" | "pageUp" | "pageDown";

export type Plain =
  | "toggle"
  | "selectAll"
  | "selectNone"
  | "reject"
  | "undo"
  | "enlarge"
  | "details"
  | "search"
  | "takeSuggested"
  | "confirm"
  | "showKeys"
  | "nextLabel"
  | "previousLabel"
  | "nextLabeler"
  | "previousLabeler";

export type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "isComposing" | "getModifierState"
>;

const STEPS: Record<string, Step> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
  PageUp: "pageUp",
  PageDown: "pageDown",
};

const LETTERS: Record<string, Plain> = {
  " ": "toggle",
  Escape: "selectNone",
  Enter: "enlarge",
  z: "enlarge",
  r: "reject",
  Delete: "reject",
  u: "undo",
  d: "details",
  i: "details",
  y: "takeSuggested",
  c: "confirm",
  "/": "search",
  "?": "showKeys",
};

const WITH_CONTROL: Record<string, Plain> = { a: "selectAll", z: "undo" };

export function commandOf(pressed: Pressed): Command | null {
  const command = read(pressed);
  return command && pressed.repeat && command.type !== "move" ? { type: "nothing" } : command;
}

function read(pressed: Pressed): Command | null {
  // Some keyboards write / and ? with AltGr, which looks like Ctrl+Alt.
  const isWritten = pressed.getModifierState("AltGraph");
  if (pressed.isComposing || (pressed.altKey && !isWritten)) return null;
  const key = keyName(pressed);
  if ((pressed.ctrlKey || pressed.metaKey) && !isWritten) return plain(WITH_CONTROL[key]);
  const by = STEPS[key];
  if (by) return { type: "move", by, extend: pressed.shiftKey };
  // What Shift makes of a digit is another key.
  const digit = digitOf(pressed);
  if (digit && !pressed.shiftKey) return { type: "label", key: digit };
  if (key === "n") return plain(pressed.shiftKey ? "nextLabeler" : "nextLabel");
  if (key === "p") return plain(pressed.shiftKey ? "previousLabeler" : "previousLabel");
  return plain(LETTERS[key]);
}

const plain = (type: Plain | undefined): Command | null => (type ? { type } : null);

/** Where a step leads. rows: how many rows of the grid are seen at a time. */
export function destination(by: Step, focus: number, count: number, columns: number, rows: number): number {
  const column = focus % columns;
  const page = Math.max(1, rows - 1) * columns;
  switch (by) {
    case "left":
      return Math.max(0, focus - 1);
    case "right":
      return Math.min(count - 1, focus + 1);
    case "up":
      return focus >= columns ? focus - columns : focus;
    case "down":
      return focus + columns < count ? focus + columns : lastRow(focus, count, columns) ? focus : count - 1;
    case "first":
      return 0;
    case "last":
      return count - 1;
    case "pageUp":
      return focus - page >= 0 ? focus - page : column;
    case "pageDown":
      return Math.min(focus + page, lastOf(column, count, columns));
  }
}

/** The last image of a column, or the very last where the last row does not reach so far. */
function lastOf(column: number, count: number, columns: number): number {
  const first = count - 1 - ((count - 1) % columns);
  return Math.min(first + column, count - 1);
}

const lastRow = (focus: number, count: number, columns: number): boolean =>
  Math.floor(focus / columns) === Math.floor((count - 1) / columns);

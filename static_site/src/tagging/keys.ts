import { digitOf } from "../parts/digitOf";
import { keyName } from "../parts/keyName";

/** Where the focus goes. */
export type Way = "left" | "right" | "up" | "down" | "first" | "last";

export type Command =
  | { do: "move"; way: Way; extend: boolean }
  /** `key`: the one that a label has. */
  | { do: "tag" | "tagRest"; key: string }
  | { do: PlainCommand };

type PlainCommand =
  | "toggle"
  | "selectAll"
  | "leave"
  | "accept"
  | "turn"
  | "clear"
  | "askToSkip"
  | "search"
  | "enlarge"
  | "undo"
  | "redo"
  | "submit"
  | "back"
  | "instructions"
  | "examples"
  | "showKeys"
  /** A key of ours that is held down: it is done once. */
  | "nothing";

export type Press = Pick<
  KeyboardEvent,
  "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "isComposing" | "getModifierState"
>;

const WAYS: Record<string, Way> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};

const PLAIN: Record<string, PlainCommand> = {
  " ": "toggle",
  Escape: "leave",
  Enter: "enlarge",
  z: "enlarge",
  y: "accept",
  o: "turn",
  x: "clear",
  s: "askToSkip",
  u: "undo",
  b: "back",
  i: "instructions",
  e: "examples",
  "/": "search",
  "?": "showKeys",
};

/** What a key asks for; null = it is none of ours. */
export function commandOf(press: Press): Command | null {
  // Some keyboards write / and ? with AltGr, which looks like Ctrl+Alt.
  const isWritten = press.getModifierState("AltGraph");
  if (press.isComposing || (press.altKey && !isWritten)) return null;
  const command = (press.ctrlKey || press.metaKey) && !isWritten ? withControl(press) : withoutControl(press);
  return command && press.repeat && command.do !== "move" ? { do: "nothing" } : command;
}

function withControl(press: Press): Command | null {
  switch (keyName(press)) {
    case "a":
      return { do: "selectAll" };
    case "z":
      return { do: press.shiftKey ? "redo" : "undo" };
    case "y":
      return { do: "redo" };
    case "Enter":
      return { do: "submit" };
    default:
      return null;
  }
}

function withoutControl(press: Press): Command | null {
  const way = WAYS[press.key];
  if (way) return { do: "move", way, extend: press.shiftKey };
  const name = keyName(press);
  // Before the digits: where / is on one of them, with Shift, it is what was meant.
  const plain = PLAIN[name];
  if (plain) return { do: plain };
  const key = digitOf(press) ?? /^[a-z]$/.exec(name)?.[0];
  return key === undefined ? null : { do: press.shiftKey ? "tagRest" : "tag", key };
}

/** The image in that direction, in a grid of so many columns; null = there is none. */
export function neighbor(focus: number, way: Way, columns: number, count: number): number | null {
  const last = count - 1;
  const to = {
    left: focus - 1,
    right: focus + 1,
    up: focus - columns,
    // From above the gap in the last row to the last image.
    down: Math.floor(focus / columns) < Math.floor(last / columns) ? Math.min(focus + columns, last) : -1,
    first: 0,
    last,
  }[way];
  return to >= 0 && to <= last ? to : null;
}

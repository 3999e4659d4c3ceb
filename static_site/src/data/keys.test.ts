import { describe, expect, it } from "vitest";
import { commandOf, destination, type Pressed } from "./keys";

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  getModifierState: () => false,
  ...more,
});

describe("a key", () => {
  it.each([
    [press("R"), { type: "reject" }],
    [press("Delete"), { type: "reject" }],
    [press("u"), { type: "undo" }],
    [press("z", { ctrlKey: true }), { type: "undo" }],
    [press("z"), { type: "enlarge" }],
    [press("Enter"), { type: "enlarge" }],
    [press("a", { metaKey: true }), { type: "selectAll" }],
    [press("i"), { type: "details" }],
    [press("y"), { type: "takeSuggested" }],
    [press("c"), { type: "confirm" }],
    [press("c", { ctrlKey: true }), null],
    [press("N", { shiftKey: true }), { type: "nextLabeler" }],
    [press("n"), { type: "nextLabel" }],
    [press("ArrowUp", { shiftKey: true }), { type: "move", by: "up", extend: true }],
    [press("PageDown"), { type: "move", by: "pageDown", extend: false }],
    [press("&", { code: "Digit1" }), { type: "label", key: "1" }],
    [press("9", { code: "Numpad9" }), { type: "label", key: "9" }],
    // Without Num Lock.
    [press("Clear", { code: "Numpad5" }), null],
    [press("Home", { code: "Numpad7" }), { type: "move", by: "first", extend: false }],
    [press("/", { code: "Digit7", shiftKey: true }), { type: "search" }],
  ])("%o asks for %o", (pressed, command) => {
    expect(commandOf(pressed)).toEqual(command);
  });

  it.each([press("r", { ctrlKey: true }), press("r", { altKey: true }), press("q"), press("0", { code: "Digit0" })])(
    "%o is none of ours",
    (pressed) => {
      expect(commandOf(pressed)).toBeNull();
    },
  );

  it("that is held down moves on and on, and does everything else once", () => {
    expect(commandOf(press("ArrowDown", { repeat: true }))).toMatchObject({ type: "move" });
    expect(commandOf(press("1", { code: "Digit1", repeat: true }))).toEqual({ type: "nothing" });
  });
});

describe("a step in a grid of 4 columns and 10 images", () => {
  it.each([
    ["left", 0, 0],
    ["left", 5, 4],
    ["right", 9, 9],
    ["up", 2, 2],
    ["up", 6, 2],
    ["down", 1, 5],
    ["down", 5, 9],
    // Below is nothing, but there is a last row.
    ["down", 7, 9],
    ["down", 8, 8],
    ["first", 7, 0],
    ["last", 0, 9],
    ["pageDown", 1, 5],
    ["pageDown", 7, 9],
    ["pageDown", 4, 8],
    ["pageUp", 9, 5],
    ["pageUp", 2, 2],
  ] as const)("%s from %i leads to %i", (by, from, to) => {
    expect(destination(by, from, 10, 4, 2)).toBe(to);
  });
});

import { describe, expect, it } from "vitest";
import { commandOf, neighbor, type Command, type Press } from "./keys";

function press(key: string, more: Partial<Press> & { altGraph?: boolean } = {}): Command | null {
  const { altGraph = false, ...rest } = more;
  return commandOf({
    key,
    code: "",
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    isComposing: false,
    getModifierState: (name) => name === "AltGraph" && altGraph,
    ...rest,
  });
}

describe("digits", () => {
  it("tag, and with Shift tag the rest, whatever sign Shift makes of them", () => {
    expect(press("2", { code: "Digit2" })).toEqual({ do: "tag", key: "2" });
    expect(press("@", { code: "Digit2", shiftKey: true })).toEqual({ do: "tagRest", key: "2" });
  });

  it("work on a French keyboard, which writes signs in their places", () => {
    expect(press("é", { code: "Digit2" })).toEqual({ do: "tag", key: "2" });
    expect(press("2", { code: "Digit2", shiftKey: true })).toEqual({ do: "tagRest", key: "2" });
  });

  it("work on the numeric pad, but only while it writes digits", () => {
    expect(press("3", { code: "Numpad3" })).toEqual({ do: "tag", key: "3" });
    expect(press("PageDown", { code: "Numpad3" })).toBeNull();
    expect(press("Clear", { code: "Numpad5" })).toBeNull();
    expect(press("End", { code: "Numpad1" })).toEqual({ do: "move", way: "last", extend: false });
  });

  it("end at nine", () => {
    expect(press("0", { code: "Digit0" })).toBeNull();
  });
});

describe("letters", () => {
  it("are the same with Caps Lock", () => {
    expect(press("X", { code: "KeyX" })).toEqual({ do: "clear" });
    expect(press("Y", { code: "KeyY" })).toEqual({ do: "accept" });
    expect(press("O", { code: "KeyO" })).toEqual({ do: "turn" });
    expect(press("Z", { code: "KeyZ", ctrlKey: true })).toEqual({ do: "undo" });
  });

  it("go by the sign where keyboards have them elsewhere", () => {
    expect(press("z", { code: "KeyY" })).toEqual({ do: "enlarge" });
    expect(press("y", { code: "KeyZ", ctrlKey: true })).toEqual({ do: "redo" });
  });

  it("go by the place where a keyboard writes no Latin ones, or an input method takes them", () => {
    expect(press("ч", { code: "KeyX" })).toEqual({ do: "clear" });
    expect(press("Process", { code: "KeyS" })).toEqual({ do: "askToSkip" });
    expect(press("я", { code: "KeyZ", ctrlKey: true })).toEqual({ do: "undo" });
  });

  it("that do nothing else are labels' keys, and with Shift label the rest", () => {
    expect(press("w", { code: "KeyW" })).toEqual({ do: "tag", key: "w" });
    expect(press("W", { code: "KeyW", shiftKey: true })).toEqual({ do: "tagRest", key: "w" });
    expect(press("W", { code: "KeyW" })).toEqual({ do: "tag", key: "w" });
    expect(press("ц", { code: "KeyW" })).toEqual({ do: "tag", key: "w" });
    expect(press("ä", { code: "Quote" })).toBeNull();
  });

  it("are nobody's while a sign is being composed", () => {
    expect(press("x", { code: "KeyX", isComposing: true })).toBeNull();
  });
});

describe("the search", () => {
  it("opens wherever / is", () => {
    expect(press("/", { code: "Slash" })).toEqual({ do: "search" });
    expect(press("/", { code: "NumpadDivide" })).toEqual({ do: "search" });
    // German keyboards.
    expect(press("/", { code: "Digit7", shiftKey: true })).toEqual({ do: "search" });
    expect(press("/", { code: "KeyQ", ctrlKey: true, altKey: true, altGraph: true })).toEqual({ do: "search" });
  });
});

describe("keys with Ctrl", () => {
  it.each([
    ["a", {}, "selectAll"],
    ["z", {}, "undo"],
    ["z", { shiftKey: true }, "redo"],
    ["y", {}, "redo"],
    ["Enter", {}, "submit"],
  ])("%s %o", (key, more, done) => {
    expect(press(key, { ctrlKey: true, ...more })).toEqual({ do: done });
    expect(press(key, { metaKey: true, ...more })).toEqual({ do: done });
  });

  it("are the browser's otherwise", () => {
    expect(press("s", { ctrlKey: true })).toBeNull();
    expect(press("1", { code: "Digit1", ctrlKey: true })).toBeNull();
    expect(press("ArrowLeft", { altKey: true })).toBeNull();
  });
});

describe("a key that is held down", () => {
  it("does its work once, but for the arrows", () => {
    expect(press("1", { code: "Digit1", repeat: true })).toEqual({ do: "nothing" });
    expect(press(" ", { repeat: true })).toEqual({ do: "nothing" });
    expect(press("ArrowRight", { repeat: true })).toEqual({ do: "move", way: "right", extend: false });
  });

  it("is none of ours if it never was", () => {
    expect(press("F5", { repeat: true })).toBeNull();
  });
});

describe("Enter", () => {
  it("opens the image and submits nothing", () => {
    expect(press("Enter")).toEqual({ do: "enlarge" });
  });
});

describe("the arrows", () => {
  it("move by one and by a row, and not beyond the page", () => {
    expect(neighbor(4, "left", 3, 9)).toBe(3);
    expect(neighbor(4, "right", 3, 9)).toBe(5);
    expect(neighbor(4, "up", 3, 9)).toBe(1);
    expect(neighbor(4, "down", 3, 9)).toBe(7);
    expect(neighbor(0, "left", 3, 9)).toBeNull();
    expect(neighbor(1, "up", 3, 9)).toBeNull();
    expect(neighbor(8, "down", 3, 9)).toBeNull();
    expect(neighbor(8, "right", 3, 9)).toBeNull();
  });

  it("reach the last row from above its empty places", () => {
    expect(neighbor(2, "down", 3, 4)).toBe(3);
    expect(neighbor(3, "down", 3, 4)).toBeNull();
  });

  it("go to both ends", () => {
    expect(neighbor(4, "first", 3, 9)).toBe(0);
    expect(neighbor(4, "last", 3, 9)).toBe(8);
  });
});

import { describe, expect, it, vi } from "vitest";
import { BOARD } from "../data/actions";
import { sheetOf } from "../labeling/actions";
import { TASK_TYPES, USUAL } from "../tasks";
import { askedBy, bind, hintOf, listOf, type Actions, type Press } from "./actions";
import { LARGE } from "./largeActions";

type More = Partial<Press> & { altGraph?: boolean };

function asked(table: Actions<never>, key: string, { altGraph = false, ...more }: More = {}): string | null {
  const found = askedBy(table, {
    key,
    code: "",
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    isComposing: false,
    getModifierState: (name) => name === "AltGraph" && altGraph,
    ...more,
  });
  if (!found) return null;
  const which = table[found.name]?.written && found.key.length > 0 ? ` ${found.key}` : "";
  return `${found.name}${which}${found.isHeld ? ", held" : ""}`;
}

const SHEET = sheetOf(TASK_TYPES[USUAL]);

const onSheet = (key: string, more?: More) => asked(SHEET, key, more);
const onBoard = (key: string, more?: More) => asked(BOARD, key, more);

describe("digits", () => {
  it("label, and with Shift label the rest, whatever sign Shift makes of them", () => {
    expect(onSheet("2", { code: "Digit2" })).toBe("label 2");
    expect(onSheet("@", { code: "Digit2", shiftKey: true })).toBe("labelRest Shift+2");
  });

  it("work on a French keyboard, which writes signs in their places", () => {
    expect(onSheet("é", { code: "Digit2" })).toBe("label 2");
    expect(onSheet("2", { code: "Digit2", shiftKey: true })).toBe("labelRest Shift+2");
    expect(onBoard("&", { code: "Digit1" })).toBe("label 1");
    expect(onBoard("1", { code: "Digit1", shiftKey: true })).toBe("choose Shift+1");
  });

  it("work on the numeric pad, but only while it writes digits", () => {
    expect(onSheet("3", { code: "Numpad3" })).toBe("label 3");
    expect(onBoard("9", { code: "Numpad9" })).toBe("label 9");
    expect(onSheet("PageDown", { code: "Numpad3" })).toBeNull();
    expect(onSheet("Clear", { code: "Numpad5" })).toBeNull();
    expect(onSheet("End", { code: "Numpad1" })).toBe("move End");
    expect(onBoard("Home", { code: "Numpad7" })).toBe("move Home");
  });

  it("end at nine", () => {
    expect(onSheet("0", { code: "Digit0" })).toBeNull();
    expect(onBoard("0", { code: "Digit0" })).toBeNull();
    expect(asked(LARGE, "à", { code: "Digit0" })).toBe("showAll");
  });
});

describe("letters", () => {
  it("are the same with Caps Lock", () => {
    expect(onSheet("X", { code: "KeyX" })).toBe("clear");
    expect(onSheet("Y", { code: "KeyY" })).toBe("accept");
    expect(onSheet("O", { code: "KeyO" })).toBe("turn");
    expect(onSheet("Z", { code: "KeyZ", ctrlKey: true })).toBe("undo");
    expect(onBoard("R")).toBe("reject");
  });

  it("go by the sign where keyboards have them elsewhere", () => {
    expect(onSheet("z", { code: "KeyY" })).toBe("enlarge z");
    expect(onSheet("y", { code: "KeyZ", ctrlKey: true })).toBe("redo");
  });

  it("go by the place where a keyboard writes no Latin ones, or an input method takes them", () => {
    expect(onSheet("ч", { code: "KeyX" })).toBe("clear");
    expect(onSheet("Process", { code: "KeyS" })).toBe("skip");
    expect(onSheet("я", { code: "KeyZ", ctrlKey: true })).toBe("undo");
  });

  it("that do nothing else are labels' keys, and with Shift label the rest", () => {
    expect(onSheet("w", { code: "KeyW" })).toBe("label w");
    expect(onSheet("W", { code: "KeyW", shiftKey: true })).toBe("labelRest Shift+w");
    expect(onSheet("W", { code: "KeyW" })).toBe("label w");
    expect(onSheet("ц", { code: "KeyW" })).toBe("label w");
    expect(onSheet("ä", { code: "Quote" })).toBeNull();
    expect(onBoard("w", { code: "KeyW" })).toBeNull();
  });

  it("are nobody's while a sign is being composed", () => {
    expect(onSheet("x", { code: "KeyX", isComposing: true })).toBeNull();
  });
});

describe("the search", () => {
  it.each([["sheet", onSheet] as const, ["board", onBoard] as const])("opens wherever / is, on the %s", (_, press) => {
    expect(press("/", { code: "Slash" })).toBe("search");
    expect(press("/", { code: "NumpadDivide" })).toBe("search");
    // German keyboards.
    expect(press("/", { code: "Digit7", shiftKey: true })).toBe("search");
    expect(press("/", { code: "KeyQ", ctrlKey: true, altKey: true, altGraph: true })).toBe("search");
  });
});

describe("Enter", () => {
  it("submits a page, and opens and closes the large view of the Data page", () => {
    expect(onSheet("Enter")).toBe("submit");
    expect(onSheet("Enter", { code: "NumpadEnter" })).toBe("submit");
    expect(onBoard("Enter")).toBe("enlarge");
    expect(asked(LARGE, "Enter")).toBeNull();
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
    expect(onSheet(key, { ctrlKey: true, ...more })).toBe(done);
    expect(onSheet(key, { metaKey: true, ...more })).toBe(done);
  });

  it("are the browser's otherwise", () => {
    expect(onSheet("s", { ctrlKey: true })).toBeNull();
    expect(onSheet("1", { code: "Digit1", ctrlKey: true })).toBeNull();
    expect(onSheet("ArrowLeft", { altKey: true })).toBeNull();
    expect(onBoard("c", { ctrlKey: true })).toBeNull();
    expect(onBoard("r", { altKey: true })).toBeNull();
  });
});

describe("a key that is held down", () => {
  it("does its work once, but for the arrows", () => {
    expect(onSheet("1", { code: "Digit1", repeat: true })).toBe("label 1, held");
    expect(onSheet("u", { repeat: true })).toBe("undo, held");
    expect(onSheet("Enter", { repeat: true })).toBe("submit, held");
    expect(onSheet("ArrowRight", { repeat: true })).toBe("move ArrowRight");
    expect(onBoard("ArrowDown", { repeat: true, shiftKey: true })).toBe("extend Shift+ArrowDown");
    expect(asked(LARGE, "ArrowRight", { repeat: true })).toBe("next");
  });

  it("is none of ours if it never was", () => {
    expect(onSheet("F5", { repeat: true })).toBeNull();
  });
});

describe("the keys of the Data page", () => {
  it.each<[string, More, string]>([
    ["Delete", {}, "reject"],
    ["z", { ctrlKey: true }, "undo"],
    ["a", { metaKey: true }, "selectAll"],
    ["i", {}, "details"],
    ["y", {}, "take"],
    ["c", {}, "confirm"],
    ["n", {}, "nextLabel"],
    ["N", { shiftKey: true }, "nextLabeler"],
    ["P", { shiftKey: true }, "previousLabeler"],
    ["PageDown", {}, "move PageDown"],
    ["ArrowUp", { shiftKey: true }, "extend Shift+ArrowUp"],
  ])("%s %o", (key, more, done) => {
    expect(onBoard(key, more)).toBe(done);
  });
});

describe.each<[string, Actions<never>]>([
  ...Object.entries(TASK_TYPES).map(([name, task]) => [`labeling page, ${name}`, sheetOf(task)] as [string, Actions<never>]),
  ["Data page", BOARD],
  ["large view", LARGE],
])("the table of the %s", (_, table) => {
  it("gives each key to one action", () => {
    const keys = Object.values(table).flatMap((action) => action.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("tells of each action that has a key", () => {
    expect(listOf(table).every(([keys, meaning]) => keys !== "" && meaning !== "")).toBe(true);
  });
});

describe("what is told of keys", () => {
  it("names them as they are written on keyboards", () => {
    const told = new Map(listOf(SHEET));
    expect(told.get("U, Ctrl + Z")).toBe("Undo");
    expect(told.get("Ctrl + Y, Ctrl + Shift + Z")).toBe("Redo");
    expect(told.get("Esc")).toBe("Select none");
    expect(new Map(listOf(BOARD)).get("Shift + P")).toBe("Side by side: previous labeler");
    expect([hintOf(SHEET.redo), hintOf(BOARD.search), hintOf(BOARD.reject), hintOf(BOARD.previousLabeler)]).toEqual([
      "Redo (Ctrl+Y)",
      "Change label (1–9)",
      "Reject (R)",
      "Previous labeler (Shift+P)",
    ]);
  });
});

describe("a button", () => {
  it("does what its key does, and is off where there is nothing to do", () => {
    const run = vi.fn();
    const table = { undo: { keys: ["u"], text: "Undo", isOff: (count: number) => count === 0, run } };
    const bound = bind<number, "undo">(table, 2);
    const { undo } = bound.doables(2);
    bound.note(3);
    undo.run();
    expect(run).toHaveBeenCalledWith(3, "");
    expect([undo.isOff, bound.doables(0).undo.isOff]).toEqual([false, true]);
  });

  it("is the same as before where only something else has changed", () => {
    const table = { undo: { keys: ["u"], text: "Undo", isOff: (count: number) => count === 0, run: vi.fn() } };
    const bound = bind<number, "undo">(table, 2);
    expect(bound.doables(1).undo).toBe(bound.doables(2).undo);
    expect(bound.doables(0).undo).toBe(bound.doables(0).undo);
  });
});

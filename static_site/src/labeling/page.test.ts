import { describe, expect, it } from "vitest";
import { multiClass } from "../tasks/multiClass";
import { openPage, reduce, type PageChange } from "./page";
import { unlabeled, targets, toSubmission, type PageState } from "./pageState";

const CAT = 1;
const DOG = 2;

const pageOf = (count: number): PageState =>
  openPage(
    multiClass,
    "lease",
    Array.from({ length: count }, (_, at) => `i${at}`),
  );
const after = (page: PageState, ...actions: PageChange[]): PageState => actions.reduce(reduce, page);
const give = (label: number): PageChange => ({ type: "label", label });
const click = (index: number, extend = false): PageChange => ({ type: "click", index, extend });
const labelOf = (page: PageState, id: string) => {
  const mark = page.marks[id];
  return mark?.kind === "tag" ? mark.labels[0] : undefined;
};

describe("labeling", () => {
  it("labels the focused image and goes on to the next unlabeled one", () => {
    const page = after(pageOf(3), give(CAT));
    expect(labelOf(page, "i0")).toBe(CAT);
    expect(page.focus).toBe(1);
  });

  it("labels the selection rather than the focused image, and empties it", () => {
    const page = after(pageOf(4), click(1), click(3), { type: "move", to: 0, extend: false }, give(DOG));
    expect(Object.keys(page.marks).sort()).toEqual(["i1", "i3"]);
    expect(page.selected.size).toBe(0);
    expect(page.focus).toBe(0);
  });

  it("goes back to an image that was left out, once the others are labeled", () => {
    const page = after(pageOf(3), { type: "move", to: 1, extend: false }, give(CAT), give(CAT));
    expect(page.focus).toBe(0);
  });

  it("labels a whole page of keys only until it is complete", () => {
    const page = after(pageOf(3), give(CAT), give(DOG), give(CAT));
    expect(unlabeled(page)).toEqual([]);
    expect(unlabeled(page)).toEqual([]);
  });

  it("labels all that is left without touching what is labeled", () => {
    const page = after(pageOf(3), give(DOG), { type: "labelRest", label: CAT });
    expect(["i0", "i1", "i2"].map((id) => labelOf(page, id))).toEqual([DOG, CAT, CAT]);
  });

  it("replaces a label by another one", () => {
    const page = after(pageOf(2), give(CAT), { type: "move", to: 0, extend: false }, give(DOG));
    expect(labelOf(page, "i0")).toBe(DOG);
  });
});

describe("selecting", () => {
  it("toggles by click", () => {
    expect([...after(pageOf(3), click(1)).selected]).toEqual(["i1"]);
    expect(after(pageOf(3), click(1), click(1)).selected.size).toBe(0);
  });

  it("extends from where the last click was", () => {
    expect([...after(pageOf(6), click(1), click(4, true)).selected]).toEqual(["i1", "i2", "i3", "i4"]);
    expect([...after(pageOf(6), click(4), click(2, true)).selected]).toEqual(["i2", "i3", "i4"]);
  });

  it("extends and shrinks with Shift and the arrows", () => {
    const extended = after(pageOf(6), { type: "move", to: 1, extend: true }, { type: "move", to: 2, extend: true });
    expect(extended.selected.size).toBe(3);
    expect(after(extended, { type: "move", to: 1, extend: true }).selected.size).toBe(2);
  });

  it("selects all and none", () => {
    expect(after(pageOf(9), { type: "selectAll" }).selected.size).toBe(9);
    expect(after(pageOf(9), { type: "selectAll" }, { type: "selectNone" }).selected.size).toBe(0);
  });

  it("selects what a rectangle touched, and focuses its first", () => {
    const page = after(pageOf(9), { type: "select", ids: ["i5", "i4"] });
    expect(targets(page)).toEqual(["i4", "i5"]);
    expect(page.focus).toBe(4);
    expect(after(page, { type: "select", ids: [] }).selected.size).toBe(0);
  });

  it("keeps the focus on the page", () => {
    expect(after(pageOf(3), { type: "move", to: 9, extend: false }).focus).toBe(2);
    expect(after(pageOf(3), { type: "move", to: -1, extend: false }).focus).toBe(0);
  });

  it("goes to the next image without a label, from the last one to the first", () => {
    const page = after(pageOf(4), { type: "move", to: 1, extend: false }, give(CAT), { type: "next" });
    expect(page.focus).toBe(3);
    expect(after(page, { type: "next" }).focus).toBe(0);
    // What is selected stays so.
    expect([...after(page, click(2), { type: "next" }).selected]).toEqual(["i2"]);
  });

  it("takes the focused image where nothing is selected", () => {
    expect(targets(pageOf(2))).toEqual(["i0"]);
  });
});

describe("going back", () => {
  it("brings back what was selected", () => {
    const page = after(pageOf(4), click(1), click(3), give(CAT), { type: "undo" });
    expect([...page.selected]).toEqual(["i1", "i3"]);
    expect(page.marks).toEqual({});
  });

  it("redoes what was undone, until something else is done", () => {
    const page = after(pageOf(3), give(CAT), give(DOG), { type: "undo" }, { type: "undo" }, { type: "redo" });
    expect(page.marks).toEqual({ i0: { kind: "tag", labels: [CAT] } });
    expect(page.focus).toBe(1);
    expect(labelOf(after(page, { type: "redo" }), "i1")).toBe(DOG);
    const other = after(page, give(CAT));
    expect(after(other, { type: "redo" })).toBe(other);
  });

  it("undoes one step at a time and focuses what it changed", () => {
    const page = after(pageOf(3), give(CAT), give(DOG), { type: "undo" });
    expect(page.marks).toEqual({ i0: { kind: "tag", labels: [CAT] } });
    expect(page.focus).toBe(1);
    expect(after(page, { type: "undo" }).marks).toEqual({});
  });

  it("undoes a clearing", () => {
    const page = after(pageOf(1), give(CAT), { type: "clear" });
    expect(page.marks).toEqual({});
    expect(labelOf(after(page, { type: "undo" }), "i0")).toBe(CAT);
  });

  it("does nothing where there is nothing to undo or to clear", () => {
    const page = pageOf(2);
    expect(after(page, { type: "undo" })).toBe(page);
    expect(after(page, { type: "clear" })).toBe(page);
  });
});

describe("an image that fills the window", () => {
  const enlarge = (index: number): PageChange => ({ type: "enlarge", index });

  it("is labeled alone, and what is selected stays so", () => {
    const page = after(pageOf(4), click(0), click(1), enlarge(2), give(DOG));
    expect(Object.keys(page.marks)).toEqual(["i2"]);
    expect([...page.selected]).toEqual(["i0", "i1"]);
    expect(page.focus).toBe(3);
  });

  it("is focused when it is small again", () => {
    const page = after(pageOf(4), enlarge(1), { type: "move", to: 2, extend: false }, { type: "shrink" });
    expect(page.focus).toBe(2);
    expect(page.isLarge).toBe(false);
  });

  it("is followed by the first of the next page", () => {
    const page = after(pageOf(2), enlarge(1), { type: "open", leaseId: "next", ids: ["x", "y"], marks: {}, suggestions: {} });
    expect(page.isLarge).toBe(true);
    expect(page.focus).toBe(0);
  });
});

describe("a page that is opened", () => {
  it("takes a draft's labels, but only of its own images, and focuses the first unlabeled one", () => {
    const page = openPage(multiClass, "lease", ["a", "b"], { a: { kind: "tag", labels: [CAT] }, gone: { kind: "tag", labels: [DOG] } });
    expect(Object.keys(page.marks)).toEqual(["a"]);
    expect(page.focus).toBe(1);
  });

  it("begins anew with the next lease", () => {
    const page = after(pageOf(2), give(CAT), { type: "open", leaseId: "next", ids: ["x"], marks: {}, suggestions: {} });
    expect(page).toEqual(openPage(multiClass, "next", ["x"]));
  });
});

describe("a submission", () => {
  it("holds every image exactly once, labeled or skipped, with the reason where there is one", () => {
    const skip = (reason: string): PageChange => ({ type: "skip", reason });
    const page = after(pageOf(3), give(CAT), skip("blurred"), skip(""));
    expect(toSubmission(page)).toEqual({
      labels: { i0: [CAT] },
      skipped: [{ id: "i1", reason: "blurred" }, { id: "i2" }],
    });
  });
});

import { describe, expect, it } from "vitest";
import type { LeasedImage } from "../api/types";
import { tag, type Marks } from "../tasks/marks";
import { multiClass } from "../tasks/multiClass";
import type { Suggestion } from "../tasks/task";
import { shownOf } from "./bands";
import { openPage, reduce, type PageChange } from "./page";
import { countLabels, markOf, suggested, toSubmission, unlabeled, type PageState } from "./pageState";
import { suggestionsFor } from "./suggestions";

const CAT = 1;
const DOG = 2;
const sure = (label: number): Suggestion => ({ label, confidence: 0.97, sure: true, likely: true });
const unsure = (label: number): Suggestion => ({ label, confidence: 0.62, sure: false, likely: true });
const next = (label: number): Suggestion => ({ label, confidence: 0.03, sure: false, likely: false });

/** a, b and d are surely cats, or else dogs but for a; c is perhaps a dog, or else a cat; of e nothing is known. */
const SUGGESTIONS = {
  a: [sure(CAT)],
  b: [sure(CAT), next(DOG)],
  c: [unsure(DOG), next(CAT)],
  d: [sure(CAT), next(DOG)],
};
const IDS = ["a", "b", "c", "d", "e"];
const pageWith = (marks: Marks = {}) => openPage(multiClass, "lease", IDS, marks, SUGGESTIONS);
const after = (page: PageState, ...actions: PageChange[]): PageState => actions.reduce(reduce, page);
const give = (label: number): PageChange => ({ type: "label", label });
const to = (place: number): PageChange => ({ type: "move", to: place, extend: false });
const labels = (page: PageState) =>
  IDS.map((id) => {
    const mark = markOf(page, id);
    return mark?.kind === "tag" ? mark.labels[0] : null;
  });

describe("what is suggested", () => {
  it("counts as labeled where it is sure, and leaves the rest to who labels", () => {
    const page = pageWith();
    expect(labels(page)).toEqual([CAT, CAT, null, CAT, null]);
    expect(unlabeled(page)).toEqual(["c", "e"]);
    expect(page.focus).toBe(2);
    expect(countLabels(page).get(CAT)).toBe(3);
    expect(page.marks).toEqual({});
  });

  it("is passed over by what is labeled, so that the rest takes one key each", () => {
    const page = after(pageWith(), give(DOG), give(CAT));
    expect(labels(page)).toEqual([CAT, CAT, DOG, CAT, CAT]);
    expect(unlabeled(page)).toEqual([]);
    expect(toSubmission(page)?.labels).toEqual({ a: [CAT], b: [CAT], c: [DOG], d: [CAT], e: [CAT] });
  });

  it("gives way to another label, which the focus leaves for what has none", () => {
    const page = after(pageWith(), to(1), give(DOG));
    expect(labels(page)).toEqual([CAT, DOG, null, CAT, null]);
    expect(suggested(page)).toEqual(["a", "c", "d"]);
    expect(page.focus).toBe(2);
  });

  it("is a label like any other after its own key, and after a skip it is none", () => {
    const page = after(pageWith(), to(0), give(CAT), to(1), { type: "skip", reason: "" });
    expect(suggested(page)).toEqual(["c", "d"]);
    expect(markOf(page, "b")).toEqual({ kind: "skip", reason: "" });
  });

  it("is left alone by what labels the rest", () => {
    expect(labels(after(pageWith(), { type: "labelRest", label: DOG }))).toEqual([CAT, CAT, DOG, CAT, DOG]);
  });

  it("is taken off for good, sure or not, and that can be undone", () => {
    const page = after(pageWith(), to(0), { type: "clear" }, to(2), { type: "clear" });
    expect(labels(page)).toEqual([null, CAT, null, CAT, null]);
    expect(suggested(page)).toEqual(["b", "d"]);
    expect(after(page, { type: "clear" })).toBe(page);
    expect(labels(after(page, give(DOG), to(2), { type: "clear" }))).toEqual(labels(page));
    expect(labels(pageWith(page.marks))).toEqual(labels(page));
    expect(suggested(after(page, { type: "undo" }, { type: "undo" }))).toEqual(["a", "b", "c", "d"]);
  });

  it("is accepted as a whole, and that is undone and redone in one step", () => {
    const page = after(pageWith(), { type: "accept" });
    expect(labels(page)).toEqual([CAT, CAT, DOG, CAT, null]);
    expect(suggested(page)).toEqual([]);
    expect(page.focus).toBe(4);
    expect(after(page, { type: "accept" })).toBe(page);
    const undone = after(page, { type: "undo" });
    expect(suggested(undone)).toEqual(["a", "b", "c", "d"]);
    expect(labels(after(undone, { type: "redo" }))).toEqual(labels(page));
  });

  it("is accepted where it is at least as likely right as wrong, and the rest by a second press", () => {
    const unlikely = [{ ...unsure(DOG), likely: false }];
    const page = openPage(multiClass, "lease", IDS, {}, { ...SUGGESTIONS, e: unlikely });
    const once = after(page, { type: "accept" });
    expect(labels(once)).toEqual([CAT, CAT, DOG, CAT, null]);
    expect(suggested(once)).toEqual(["e"]);
    expect(labels(after(once, { type: "accept" }))).toEqual([CAT, CAT, DOG, CAT, DOG]);
    // Of the image that fills the window it is decided by whoever looks at it.
    expect(labels(after(page, { type: "enlarge", index: 4 }, { type: "accept" }))[4]).toBe(DOG);
  });

  it("is turned into the label that is likely next, and back, by a press", () => {
    const turned = after(pageWith(), { type: "turn", index: 1 });
    expect(labels(turned)).toEqual([CAT, DOG, null, CAT, null]);
    expect(turned.focus).toBe(1);
    const back = after(turned, { type: "turn", index: 1 });
    expect(labels(back)).toEqual([CAT, CAT, null, CAT, null]);
    expect(after(back, { type: "undo" }, { type: "undo" }).marks).toEqual({});
  });

  it("is taken as it is by the first press where it is unsure, or was taken off", () => {
    const page = after(pageWith(), to(1), { type: "clear" }, { type: "turn" }, { type: "turn", index: 2 });
    expect(labels(page)).toEqual([CAT, CAT, DOG, CAT, null]);
  });

  it("is turned for all that are selected, which are not any more", () => {
    const page = after(pageWith(), { type: "select", ids: ["b", "d", "e"] }, { type: "turn" });
    expect(labels(page)).toEqual([CAT, DOG, null, DOG, null]);
    expect(page.selected.size).toBe(0);
  });

  it("is not turned where nothing else is likely, and no other label is touched", () => {
    const page = after(pageWith(), to(3), { type: "skip", reason: "" }, to(1), give(9));
    expect(after(page, ...[0, 1, 3, 4].map((index): PageChange => ({ type: "turn", index })))).toBe(page);
  });

  it("is not accepted by one press where nothing of the page is likely", () => {
    const unlikely = Object.fromEntries(Object.entries(SUGGESTIONS).map(([id, some]) => [id, some.map((one) => ({ ...one, sure: false, likely: false }))]));
    const page = openPage(multiClass, "lease", IDS, {}, unlikely);
    const once = after(page, { type: "accept" });
    expect(once.marks).toEqual({});
    expect(after(once, { type: "accept" }).marks).not.toEqual({});
  });

  it("is accepted for the image alone that fills the window", () => {
    const page = after(pageWith(), { type: "enlarge", index: 2 }, { type: "accept" });
    expect(suggested(page)).toEqual(["a", "b", "d"]);
    expect(labels(page)).toEqual([CAT, CAT, DOG, CAT, null]);
    expect(page.focus).toBe(4);
  });
});

describe("suggestions of a page", () => {
  const image = (id: string, label: string): LeasedImage => ({
    id,
    name: id,
    previewUrl: "",
    thumbnailUrl: "",
    width: 1,
    height: 1,
    suggestions: [{ label, confidence: 0.5, sure: false, likely: true }],
    rejected: null,
  });
  const cat = { id: CAT, name: "Cat" };

  it("name labels that the project has; of others there is no word", () => {
    const images = [image("a", "Cat"), image("b", "Bird"), { ...image("c", "Cat"), suggestions: null }];
    expect(suggestionsFor(images, [cat])).toEqual({ a: [{ label: CAT, confidence: 0.5, sure: false, likely: true }] });
  });

  it("say how sure they are, and never that they are certain unless they are", () => {
    const names = new Map([[CAT, cat]]);
    const said = (...suggested: Suggestion[]) => shownOf(multiClass, undefined, suggested, names).said;
    expect(said(sure(CAT), next(DOG))).toBe("Suggested: Cat, 97 percent sure");
    expect(said(unsure(CAT))).toBe("no label, perhaps Cat, 62 percent sure");
    expect(said({ ...sure(CAT), confidence: 0.9996 })).toContain("99 percent");
    expect(said({ ...sure(CAT), confidence: 1 })).toContain("100 percent");
    expect(shownOf(multiClass, tag([CAT]), undefined, names).said).toBe("Cat");
    expect(shownOf(multiClass, undefined, undefined, names).said).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import type { LeasedImage } from "../api/types";
import { tag, type Marks } from "../tasks/marks";
import { multiLabel } from "../tasks/multiLabel";
import type { Suggestion } from "../tasks/task";
import { shownOf, wasSaid } from "./bands";
import { openPage, reduce, type PageChange } from "./page";
import { acceptable, chosenOf, markOf, suggested, toSubmission, unlabeled, type PageState } from "./pageState";
import { suggestionsFor, type Suggestions } from "./suggestions";

const [CAT, DOG, GRASS] = [1, 2, 3];
const IDS = ["a", "b", "c", "d"];

const pageWith = (marks: Marks = {}, suggestions: Suggestions = {}) => openPage(multiLabel, "lease", IDS, marks, suggestions);
const after = (page: PageState, ...actions: PageChange[]): PageState => actions.reduce(reduce, page);
const give = (label: number, ...rivals: number[]): PageChange => ({ type: "label", label, rivals });
const click = (index: number): PageChange => ({ type: "click", index, extend: false });
const to = (place: number): PageChange => ({ type: "move", to: place, extend: false });
const NEXT: PageChange = { type: "next" };
const NONE: PageChange = { type: "none" };
const labels = (page: PageState) =>
  IDS.map((id) => {
    const mark = markOf(page, id);
    return mark?.kind === "tag" ? mark.labels : null;
  });

describe("several labels an image", () => {
  it("are turned on and off one by one, and the focus stays until one goes on", () => {
    const page = after(pageWith(), give(GRASS), give(CAT));
    expect(labels(page)).toEqual([[CAT, GRASS], null, null, null]);
    expect(page.focus).toBe(0);
    expect(labels(after(page, give(GRASS)))[0]).toEqual([CAT]);
    expect(after(page, give(GRASS), give(CAT)).marks).toEqual({});
    expect(after(page, NEXT).focus).toBe(1);
  });

  it("are given to all that are selected and lack them, and taken where all have them", () => {
    const page = after(pageWith({ b: tag([CAT]) }), click(0), click(1), give(CAT));
    expect(labels(page)).toEqual([[CAT], [CAT], null, null]);
    expect([...page.selected]).toEqual(["a", "b"]);
    expect(labels(after(page, give(CAT)))).toEqual([null, null, null, null]);
  });

  it("are given to all that have none yet, and to no others", () => {
    const page = after(pageWith({ b: tag([CAT]), c: tag([]), d: { kind: "skip", reason: "" } }), {
      type: "labelRest",
      label: DOG,
    });
    expect(labels(page)).toEqual([[DOG], [CAT], [], null]);
  });

  it("give way to another one of an exclusive group", () => {
    expect(labels(after(pageWith({ a: tag([DOG, GRASS]) }), to(0), give(CAT, DOG)))[0]).toEqual([CAT, GRASS]);
  });

  it("are undone one by one", () => {
    const page = after(pageWith(), click(0), click(1), give(CAT), give(GRASS), { type: "undo" });
    expect(labels(page)).toEqual([[CAT], [CAT], null, null]);
    expect([...page.selected]).toEqual(["a", "b"]);
  });

  it("count as labeled, as does none of them, and as not labeled once they are off", () => {
    const page = after(pageWith(), give(CAT), to(1), NONE, to(2), give(CAT), give(CAT), to(3), { type: "skip", reason: "" });
    expect(unlabeled(page)).toEqual(["c"]);
    expect(toSubmission(page)).toBeNull();
    expect(toSubmission(after(page, NONE))).toEqual({ labels: { a: [CAT], b: [], c: [] }, skipped: [{ id: "d" }] });
  });

  it("rule out none of them, which takes their place, and is turned off again", () => {
    const page = after(pageWith(), give(CAT), NONE);
    expect(labels(page)[0]).toEqual([]);
    expect(labels(after(page, give(DOG)))[0]).toEqual([DOG]);
    expect(after(page, NONE).marks).toEqual({});
  });

  it("are told of what is chosen: of all, of some, or of none", () => {
    const page = after(pageWith({ a: tag([CAT, DOG]), b: tag([CAT]), c: tag([]) }), click(0), click(1));
    expect(chosenOf(page)).toEqual({ labels: new Map<number, boolean | "mixed">([[CAT, true], [DOG, "mixed"]]), none: false });
    expect(chosenOf(after(page, click(2)))?.none).toBe("mixed");
  });
});

describe("a selection that has got a label", () => {
  const served = after(pageWith(), click(0), click(1), give(CAT));

  it("gets more, until another image is chosen", () => {
    expect(labels(after(served, give(DOG)))).toEqual([[CAT, DOG], [CAT, DOG], null, null]);
    const next = after(served, click(2), give(DOG));
    expect([...next.selected]).toEqual(["c"]);
    expect(labels(next)).toEqual([[CAT], [CAT], [DOG], null]);
  });

  it("is left by the keys that move the focus", () => {
    expect(after(served, to(3)).selected.size).toBe(0);
    expect(after(served, NEXT)).toMatchObject({ focus: 2, selected: new Set() });
  });

  it("is unselected by a click where it is one image", () => {
    expect(after(pageWith(), click(0), give(CAT), click(0)).selected.size).toBe(0);
  });

  it("stays as it is while another image fills the window", () => {
    const large = after(pageWith(), click(0), click(1), { type: "enlarge", index: 3 }, give(DOG), to(2));
    expect([...large.selected]).toEqual(["a", "b"]);
    expect(labels(large)).toEqual([null, null, null, [DOG]]);
  });
});

describe("several labels that are suggested", () => {
  const one = (label: number, sure: boolean, likely = true): Suggestion => ({ label, confidence: 0.9, sure, likely });
  const SUGGESTIONS = {
    a: [one(CAT, true), one(GRASS, true)],
    b: [one(CAT, true), one(GRASS, false), one(DOG, false, false)],
    c: [],
    d: [one(DOG, false, false)],
  };
  const page = pageWith({}, SUGGESTIONS);

  it("count where each of them is sure, also where that is none of them", () => {
    expect(labels(page)).toEqual([[CAT, GRASS], null, [], null]);
    expect(labels(after(page, to(0), give(DOG)))[0]).toEqual([CAT, DOG, GRASS]);
    const off = after(page, to(0), give(CAT), give(GRASS));
    expect([labels(off)[0], suggested(off)]).toEqual([null, ["b", "c", "d"]]);
  });

  it("are accepted as far as they are likely, and where none is are left to people", () => {
    const accepted = after(page, { type: "accept" });
    expect(labels(accepted)).toEqual([[CAT, GRASS], [CAT, GRASS], [], null]);
    expect(suggested(accepted)).toEqual(["d"]);
    expect(acceptable(after(accepted, { type: "accept" }))).toMatchObject({ ids: [], canAccept: false });
    expect(labels(after(accepted, { type: "accept" }, { type: "accept" }))[3]).toBeNull();
  });

  it("are said in words", () => {
    const names = new Map([CAT, DOG, GRASS].map((id) => [id, { id, name: ["", "Cat", "Dog", "Grass"][id] ?? "" }]));
    const said = (mark: Parameters<typeof shownOf>[1], some?: readonly Suggestion[]) => shownOf(multiLabel, mark, some, names).said;
    expect(said(undefined, SUGGESTIONS.a)).toBe("Suggested: Cat, 90 percent sure; Grass, 90 percent sure");
    expect(said(undefined, SUGGESTIONS.c)).toBe("Suggested: none of these");
    expect(said(undefined, SUGGESTIONS.d)).toBe("no label, perhaps Dog, 90 percent sure");
    expect([said(tag([3, 1])), said(tag([]))]).toEqual(["Cat, Grass", "None of these"]);
  });

  it("are none where the likeliest is of a label that the project has no longer", () => {
    const image = { id: "a", suggestions: [{ label: "Bird", confidence: 1, sure: true, likely: true }] } as LeasedImage;
    expect(suggestionsFor([image], [{ id: CAT, name: "Cat" }])).toEqual({});
  });
});

it("is told what was rejected: labels, none of them, or a skip", () => {
  const said = [{ labels: ["Cat", "Grass"], skipped: false }, { labels: [], skipped: false }, { labels: [], skipped: true }].map(wasSaid);
  expect(said).toEqual(["Cat, Grass", "None of these", ""]);
});

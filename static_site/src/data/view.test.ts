import { describe, expect, it } from "vitest";
import type { ImageRow, Progress } from "../api/types";
import {
  askedOnly,
  cleared,
  countFilters,
  expectedCount,
  matches,
  neighbor,
  only,
  ONLY,
  readView,
  withoutUnknown,
  withParts,
} from "./view";

const CAT = { id: 1, name: "Cat" };
const DOG = { id: 2, name: "Dog" };
const LABELS = [
  { ...CAT, group: "" },
  { ...DOG, group: "" },
];
const KNOWN = { labels: LABELS, isOneLabel: true };
const GROUPED = [
  { ...CAT, group: "Animal/Pet" },
  { ...DOG, group: "Animal" },
  { id: 3, name: "Car", group: "" },
];
const SEVERAL = { labels: GROUPED, isOneLabel: false };
const LABELERS = [{ userId: "u1", name: "Anna@example.com" }];

const read = (search: string, known: typeof KNOWN = KNOWN) => readView(new URLSearchParams(search), known, LABELERS);
const any = (...labels: (typeof CAT)[]) => ({ match: "any", labels });

const ROW = { id: "000000-00", name: "a/Cat.png", state: "labeled", labels: ["Cat"], labeler: "u1", changedSinceLabeled: false, reviewed: false, rejected: false } as ImageRow;

describe("an address", () => {
  it("without anything asks for the labeled images", () => {
    expect(read("")).toEqual({ sideBySide: false, filter: { state: "labeled" }, unknown: [] });
  });

  it("may ask for all states", () => {
    expect(read("state=all").filter).toEqual({});
  });

  it("may ask for everything at once", () => {
    const search = "view=side-by-side&state=missing&label=Dog&labeler=u1&name=x%20y&changedSinceLabeled=true";
    expect(read(search)).toEqual({
      sideBySide: true,
      filter: { state: "missing", labels: any(DOG), labeler: "u1", name: "x y", changedSinceLabeled: true },
      unknown: [],
    });
  });

  it("may name a label by its id, and a labeler by the sign-in name", () => {
    expect(read("label=2&labeler=anna@EXAMPLE.com").filter).toMatchObject({ labels: any(DOG), labeler: "u1" });
  });

  it("may ask for labels that the model doubts, and for what it says instead", () => {
    expect(read("doubted=true&label=1&suggested=2").filter).toEqual({
      state: "labeled",
      labels: any(CAT),
      doubted: true,
      suggested: "Dog",
    });
    expect(read("doubted=false").filter).toEqual({ state: "labeled" });
    expect(read("doubted=true&suggested=Cow").unknown).toEqual([{ part: "suggested", value: "Cow" }]);
    expect(read("suggested=Dog").unknown).toEqual([{ part: "suggested", value: "Dog" }]);
    expect(cleared(new URLSearchParams("doubted=true&suggested=2")).toString()).toBe("");
  });

  it("may ask for what reviewers have said: the rejected ones have no label any more", () => {
    expect(read("reviewed=true").filter).toEqual({ state: "labeled", reviewed: true });
    expect(read("reviewed=false").filter).toEqual({ state: "labeled", reviewed: false });
    expect(read("rejected=true").filter).toEqual({ rejected: true });
    expect(read("rejected=true&state=waiting").filter).toEqual({ state: "waiting", rejected: true });
    expect(read("reviewed=1&rejected=1").unknown.map(({ part }) => part)).toEqual(["reviewed", "rejected"]);
    for (const one of ONLY) {
      const params = withParts(new URLSearchParams("state=skipped&rejected=true&suggested=Dog"), only(one));
      expect(askedOnly(read(params.toString()).filter)).toBe(one);
      expect(read(params.toString()).unknown).toEqual([]);
    }
    expect(withParts(new URLSearchParams("reviewed=false"), only("")).toString()).toBe("");
  });

  it("may ask for several labels and for a group, by any, all or none of them, and for images without a label", () => {
    const labels = (search: string) => read(search, SEVERAL).filter.labels;
    expect(labels("label=Cat&label=2&label=Cat")).toEqual(any(CAT, DOG));
    expect(labels("label=Cat&label=Dog&match=all")).toEqual({ match: "all", labels: [CAT, DOG] });
    expect(labels("label=Cat&match=none")).toEqual({ match: "none", labels: [CAT] });
    expect(labels("group=Animal")).toEqual({ ...any(), group: { path: "Animal", labels: ["Cat", "Dog"] } });
    expect(labels("group=Animal/Pet&label=Dog")).toMatchObject({ labels: [DOG], group: { labels: ["Cat"] } });
    expect(labels("match=none")).toEqual({ match: "none", labels: [] });
    expect([labels("match=all"), labels("")]).toEqual([undefined, undefined]);
    expect(read("label=Cow&label=Cat&group=Anim&match=some", SEVERAL).unknown).toEqual([
      { part: "label", value: "Cow" },
      { part: "group", value: "Anim" },
      { part: "match", value: "some" },
    ]);
    const params = withParts(new URLSearchParams("label=Car"), { label: ["Cat", "Dog"], group: "Animal", match: "any" });
    expect(params.toString()).toBe("label=Cat&label=Dog&group=Animal");
    expect(cleared(withParts(params, { match: "all" })).toString()).toBe("");
  });

  it("may ask for one label or one group alone where images have one", () => {
    const known = { labels: GROUPED, isOneLabel: true };
    expect(read("group=Animal", known)).toMatchObject({ filter: { labels: { group: { path: "Animal" } } }, unknown: [] });
    const view = read("label=Cat&label=Dog&label=Cow&group=Animal&match=none", known);
    expect(view.unknown).toEqual([
      { part: "label", value: "Dog", isTooMuch: true },
      { part: "label", value: "Cow" },
      { part: "group", value: "Animal", isTooMuch: true },
      { part: "match", value: "none", isTooMuch: true },
    ]);
    const params = new URLSearchParams("label=Cat&label=Dog&label=Cow&group=Animal&match=none&name=x");
    expect(withoutUnknown(params, view).toString()).toBe("label=Cat&name=x");
  });

  it("names what there is not, each with its value", () => {
    const { unknown } = read("view=list&state=lost&label=Cow&labeler=u9&changedSinceLabeled=maybe&doubted=yes");
    expect(unknown).toEqual([
      { part: "view", value: "list" },
      { part: "state", value: "lost" },
      { part: "label", value: "Cow" },
      { part: "labeler", value: "u9" },
      { part: "changedSinceLabeled", value: "maybe" },
      { part: "doubted", value: "yes" },
    ]);
  });

  it("may name anybody while it is not known who has labeled", () => {
    expect(readView(new URLSearchParams("labeler=u9"), KNOWN, undefined)).toMatchObject({
      filter: { labeler: "u9" },
      unknown: [],
    });
  });

  it("keeps what is not changed, and does not name what is usual", () => {
    const params = new URLSearchParams("view=side-by-side&label=Cat&state=missing");
    expect(withParts(params, { label: "Dog", state: "labeled" }).toString()).toBe("view=side-by-side&label=Dog");
    expect(cleared(params).toString()).toBe("view=side-by-side");
  });
});

describe("the filters", () => {
  it.each([
    ["", 0],
    ["state=labeled", 0],
    ["state=all", 1],
    ["state=skipped", 1],
    ["state=all&label=Cat&labeler=u1&name=x&changedSinceLabeled=true", 5],
    ["reviewed=false", 1],
    ["rejected=true", 1],
    ["match=none&label=Cat&group=Animal", 1],
  ])("of %s are counted", (search, count) => {
    expect(countFilters(read(search, SEVERAL))).toBe(count);
  });

  it.each([
    ["", true],
    ["state=skipped", false],
    ["label=Dog", false],
    ["labeler=u1&label=Cat&name=CAT", true],
    ["changedSinceLabeled=true", false],
    ["doubted=true", false],
    ["reviewed=true", false],
    ["reviewed=false", true],
    ["rejected=true", false],
  ])("of %s let a labeled cat through: %s", (search, isThrough) => {
    expect(matches(ROW, read(search).filter)).toBe(isThrough);
  });

  it.each([
    ["label=Cat", true],
    ["label=Dog", false],
    ["label=Cat&label=Dog", true],
    ["label=Cat&label=Dog&match=all", false],
    ["label=Cat&group=Animal&match=all", true],
    ["group=Animal/Pet", true],
    ["group=Animal&match=none", false],
    ["label=Dog&match=none", true],
    ["match=none", false],
  ])("of %s let an image with a cat and a car through: %s", (search, isThrough) => {
    expect(matches({ ...ROW, labels: ["Cat", "Car"] }, read(search, SEVERAL).filter)).toBe(isThrough);
  });

  it("tell images with none of the labels from those that nobody has labeled", () => {
    const none = { ...ROW, labels: [] };
    expect(matches(none, read("match=none", SEVERAL).filter)).toBe(true);
    expect(matches(none, read("reviewed=false", SEVERAL).filter)).toBe(true);
    const skipped = { ...none, state: "skipped" } as ImageRow;
    expect(matches(skipped, read("state=all&match=none", SEVERAL).filter)).toBe(false);
  });

  it("let a doubted label through as long as the model says another one", () => {
    const doubted = { ...ROW, suggestions: [{ label: "Dog", confidence: 0.9, sure: false, likely: true }] };
    expect(matches(doubted, read("doubted=true&suggested=Dog").filter)).toBe(true);
    expect(matches(doubted, read("doubted=true&suggested=Cat").filter)).toBe(false);
  });

  it("foretell how many images there are where the figures tell it", () => {
    const progress = {
      total: 50,
      labeled: 30,
      reviewed: 8,
      returned: 3,
      waiting: 20,
      empty: 5,
      byLabel: [{ label: "Cat", count: 12 }],
      byLabeler: [{ userId: "u1", labeled: 9, reviewed: 2 }],
    } as Progress;
    const expected = (search: string) => expectedCount(read(search).filter, progress);
    expect(expected("")).toBe(30);
    expect(expected("state=all")).toBe(50);
    expect(expected("state=waiting")).toBe(20);
    expect(expected("label=Cat")).toBe(12);
    expect(expected("labeler=u1")).toBe(9);
    const among = (search: string) => expectedCount(read(search, SEVERAL).filter, progress);
    expect([among("match=none"), among("label=Cat&match=none"), among("label=Cat")]).toEqual([5, 18, 12]);
    expect([among("label=Cat&label=Dog"), among("group=Animal"), among("label=Car")]).toEqual([null, null, null]);
    expect(expected("label=Cat&labeler=u1")).toBeNull();
    expect(expected("name=x")).toBeNull();
    expect(expected("doubted=true")).toBeNull();
    expect(expected("reviewed=true")).toBe(8);
    expect(expected("reviewed=false&labeler=u1")).toBe(7);
    expect(expected("reviewed=true&label=Cat")).toBeNull();
    expect(expected("reviewed=true&state=all")).toBeNull();
    expect(expected("rejected=true")).toBe(3);
    expect(expected("rejected=true&name=x")).toBeNull();
    expect(expectedCount({}, undefined)).toBeNull();
  });
});

it("the way to the next goes around, and begins at an end", () => {
  expect(neighbor([1, 2, 3], 3, 1)).toBe(1);
  expect(neighbor([1, 2, 3], 1, -1)).toBe(3);
  expect(neighbor([1, 2, 3], undefined, 1)).toBe(1);
  expect(neighbor([1, 2, 3], undefined, -1)).toBe(3);
  expect(neighbor([], undefined, 1)).toBeUndefined();
});

import { describe, expect, it } from "vitest";
import type { ImageRow, Progress } from "../api/types";
import { askedOnly, cleared, countFilters, expectedCount, matches, neighbor, only, ONLY, readView, withParts } from "./view";

const LABELS = [
  { id: 1, name: "Cat" },
  { id: 2, name: "Dog" },
];
const LABELERS = [{ userId: "u1", name: "Anna@example.com" }];

const read = (search: string, labelers: typeof LABELERS | undefined = LABELERS) =>
  readView(new URLSearchParams(search), LABELS, labelers);

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
      filter: { state: "missing", label: "Dog", labeler: "u1", name: "x y", changedSinceLabeled: true },
      unknown: [],
    });
  });

  it("may name a label by its id, and a labeler by the sign-in name", () => {
    expect(read("label=2&labeler=anna@EXAMPLE.com").filter).toMatchObject({ label: "Dog", labeler: "u1" });
  });

  it("may ask for labels that the model doubts, and for what it says instead", () => {
    expect(read("doubted=true&label=1&suggested=2").filter).toEqual({
      state: "labeled",
      label: "Cat",
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
    expect(readView(new URLSearchParams("labeler=u9"), LABELS, undefined)).toMatchObject({
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
  ])("of %s are counted", (search, count) => {
    expect(countFilters(read(search))).toBe(count);
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
      byLabel: [{ label: "Cat", count: 12 }],
      byLabeler: [{ userId: "u1", labeled: 9, reviewed: 2 }],
    } as Progress;
    const expected = (search: string) => expectedCount(read(search).filter, progress);
    expect(expected("")).toBe(30);
    expect(expected("state=all")).toBe(50);
    expect(expected("state=waiting")).toBe(20);
    expect(expected("label=Cat")).toBe(12);
    expect(expected("labeler=u1")).toBe(9);
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

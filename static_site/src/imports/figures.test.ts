import { describe, expect, it } from "vitest";
import type { Import } from "../api/types";
import { figuresOf, labelsIn, matchesOf, othersOf, titleOf } from "./figures";

const NONE = { count: 0, first: [] };
const NO_RULE = { path: 0, folder: 0, address: 0, spelling: 0, end: 0, name: 0, noEnding: 0 };

const done = (more: Partial<Import> = {}): Import =>
  ({
    ...{ as: "labels", lines: 0, regions: 0, suggested: 0, images: 0, matched: 0, labeled: 0, unchanged: 0, kept: 0 },
    ...{ loose: NONE, notReady: NONE, ambiguous: NONE, refused: NONE, unmatched: NONE, unclear: NONE, unknownLabels: [] },
    ...{ leftOut: 0, unknownLines: 0 },
    matchedBy: NO_RULE,
    ...more,
  }) as Import;

describe("what an import does", () => {
  it("is told by what it labels first, and by all that there is some of", () => {
    const one = done({ kept: 3, refused: { count: 2, first: ["a.png: No."] }, unknownLabels: [{ label: "Bird", count: 7 }], unknownLines: 9 });
    expect(figuresOf(one).map(({ count }) => count)).toEqual([0, 3, 2, 9]);
    expect(figuresOf(one).map(({ first }) => first)).toEqual([[], [], ["a.png: No."], ["Bird"]]);
  });

  it("names all labels that are not known, unless they are many, however many lines have them", () => {
    const named = (most: number) => Array.from({ length: most }, (_, at) => ({ label: `L${at}`, count: 7 }));
    const areAll = (most: number) => figuresOf(done({ unknownLabels: named(most), unknownLines: 7 * most }))[1]?.areAll;
    expect([areAll(1), areAll(19), areAll(20)]).toEqual([true, true, false]);
  });

  it("is called otherwise for suggestions", () => {
    const [labels] = figuresOf(done());
    const [suggestions] = figuresOf(done({ as: "suggestions" }));
    expect(labels?.words).not.toBe(suggestions?.words);
  });

  it("leaves some images as they were, which are counted", () => {
    const some = { count: 2, first: [] };
    expect(othersOf(done({ labeled: 5, unchanged: 4, kept: 1, unmatched: some, unclear: some, notReady: some }))).toBe(7);
  });
});

describe("how images are found", () => {
  it("is told by rule, surest first, with what was not found", () => {
    const matchedBy = { ...NO_RULE, path: 4, end: 2 };
    const one = done({ matchedBy, unmatched: { count: 1, first: ["x.png"] } });
    expect(matchesOf(one).map(({ count, first }) => [count, first])).toEqual([[4, []], [2, []], [1, ["x.png"]]]);
  });
});

describe("labels of an image", () => {
  it("are one or several", () => {
    expect(labelsIn("Cat")).toBe("Cat");
    expect(labelsIn(["Cat", "Dog"])).toBe("Cat, Dog");
    expect(labelsIn([])).toBe("");
  });
});

it("an import is called by its name, or its file", () => {
  const none = { name: null, part: null, file: null, uploadFiles: [] };
  expect(titleOf(done({ ...none, uploadFiles: ["a.csv"] }))).toBe("a.csv");
  expect(titleOf(done({ ...none, uploadFiles: ["a.csv", "b.csv"] }))).toBe("a.csv and b.csv");
  expect(titleOf(done({ ...none, uploadFiles: ["a.csv", "b.csv", "c.csv"] }))).toBe("a.csv and 2 more files");
  expect(titleOf(done({ ...none, file: "labels/a.csv" }))).toBe("labels/a.csv");
  expect(titleOf(done(none))).toBe("Text sent by the API");
  expect(titleOf(done({ ...none, name: "v2", uploadFiles: ["a.csv"] }))).toBe("v2");
  expect(titleOf(done({ ...none, part: -2 }))).toBe("Folders of the images");
});

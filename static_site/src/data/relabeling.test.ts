import { describe, expect, it } from "vitest";
import type { ImageRow } from "../api/types";
import { isSettled, labelsAfter, turned, type Change, type Labels } from "./relabeling";

const [CAT, DOG, DAY, NIGHT] = [
  { id: 1, name: "Cat", group: "" },
  { id: 2, name: "Dog", group: "" },
  { id: 3, name: "Day", group: "Time" },
  { id: 4, name: "Night", group: "Time" },
] as const;
const KNOWN = { labels: [CAT, DOG, DAY, NIGHT], groups: [{ path: "Time", exclusive: true }] } as unknown as Labels;
const row = (labels: string[], more: Partial<ImageRow> = {}): ImageRow =>
  ({ state: "labeled", labels, changedSinceLabeled: false, ...more }) as ImageRow;

describe("the labels of an image", () => {
  it.each([
    ["add", ["Dog"], ["Cat", "Dog"]],
    ["remove", ["Cat"], []],
    ["set", ["Dog"], ["Dog"]],
    ["set", [], []],
  ] as const)("after %s %s", (change, given, after) => {
    const labels = KNOWN.labels.filter(({ name }) => (given as readonly string[]).includes(name));
    expect(labelsAfter(["Cat"], { change, labels }, KNOWN)).toEqual(after);
  });

  it("are in the project's order, and of an exclusive group it is the one that was added", () => {
    expect(labelsAfter(["Dog", "Day"], { change: "add", labels: [NIGHT, CAT] }, KNOWN)).toEqual(["Cat", "Dog", "Night"]);
  });
});

describe("an image is left to its labeler", () => {
  const settled = (one: ImageRow, change: Change, ...labels: (typeof CAT | typeof DOG)[]) =>
    isSettled(one, { change, labels }, KNOWN);

  it("where it is so already, unless its file has changed", () => {
    expect(settled(row(["Dog"]), "set", DOG)).toBe(true);
    expect(settled(row(["Dog"], { changedSinceLabeled: true }), "set", DOG)).toBe(false);
    expect(settled(row(["Cat", "Dog"]), "set", DOG)).toBe(false);
    expect(settled(row(["Cat", "Dog"]), "add", DOG)).toBe(true);
    expect(settled(row(["Cat"]), "add", DOG)).toBe(false);
    expect(settled(row([]), "set")).toBe(true);
    expect(settled(row([], { state: "waiting" }), "set")).toBe(false);
    expect(settled(row([], { state: "skipped" }), "set")).toBe(false);
  });

  it("where it has none of the labels that are taken away", () => {
    expect(settled(row(["Cat"]), "remove", DOG)).toBe(true);
    expect(settled(row([], { state: "waiting" }), "remove", DOG)).toBe(true);
    expect(settled(row(["Cat", "Dog"]), "remove", DOG)).toBe(false);
  });
});

it("a label's key takes a label away where all images have it, and else adds it", () => {
  expect(turned([row(["Cat"]), row(["Cat", "Dog"])], CAT)).toEqual({ change: "remove", labels: [CAT] });
  expect(turned([row(["Cat"]), row(["Cat", "Dog"])], DOG)).toEqual({ change: "add", labels: [DOG] });
});

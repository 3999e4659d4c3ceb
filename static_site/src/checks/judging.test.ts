import { describe, expect, it } from "vitest";
import type { CheckImage, Label, VerdictWord } from "../api/types";
import { LABEL_KEYS } from "../parts/labelRules";
import { TASK_TYPES } from "../tasks";
import { tag } from "../tasks/marks";
import { judgeTableOf } from "./actions";
import { markOf, placeOf, turned, verdictBy } from "./judging";
import { keyOf } from "./verdicts";

const image = (id: string, labels: string[] = [], verdict: VerdictWord | null = null): CheckImage => ({
  id,
  name: `${id}.png`,
  labels,
  labelsNow: labels,
  labeler: "u1",
  labelerName: "Ann",
  labeledAt: "2026-11-30T08:00:00Z",
  verdict,
  review: null,
  width: 4,
  height: 3,
  previewUrl: `https://example.com/${id}`,
  thumbnailUrl: null,
});
const label = (id: number, name: string, group = ""): Label => ({ id, name, group, key: String(id), description: "", examples: [] });
const known = {
  labels: [label(1, "Cat"), label(2, "Dog"), label(3, "Day", "Time"), label(4, "Night", "Time")],
  groups: [{ path: "Time", exclusive: true }],
};
const { multiClass, multiLabel } = TASK_TYPES;
const said = ({ verdict }: CheckImage) => verdict;
const ids = (some: readonly CheckImage[]) => some.map(({ id }) => id);

describe("the place among the images of a check", () => {
  const images = [image("a", [], "right"), image("b", [], "unclear"), image("c"), image("d"), image("e"), image("f")];

  it("is the first that is not judged, with some of those that follow to be loaded", () => {
    const place = placeOf(images, said, [], 2);
    expect(place.current?.id).toBe("c");
    expect(ids(place.ahead)).toEqual(["d", "e"]);
    expect(place.judged).toBe(2);
  });

  it("is after the last where all are judged", () => {
    const place = placeOf(images.slice(0, 2), said, [], 2);
    expect(place).toMatchObject({ current: undefined, ahead: [], judged: 2 });
    expect(place.last?.id).toBe("b");
  });

  it("goes back to what was judged last here, and else to the one before", () => {
    expect(placeOf(images, said, [], 2).last?.id).toBe("b");
    expect(placeOf(images, said, [image("b"), image("a")].map(keyOf), 2).last?.id).toBe("a");
    // One that was replaced meanwhile is not gone back to.
    expect(placeOf(images, said, [keyOf(image("gone"))], 2).last?.id).toBe("b");
    expect(placeOf([image("a")], said, [], 2).last).toBeUndefined();
    // What was judged elsewhere may come after it.
    expect(placeOf([image("a", [], "right"), image("b"), image("c", [], "right")], said, [], 2).last?.id).toBe("a");
  });
});

describe("what is said of an image", () => {
  it("is right where its own label is pressed, and else wrong with the right one", () => {
    const cat = image("a", ["Cat"]);
    expect(verdictBy(tag([1]), cat, known)).toEqual({ verdict: "right" });
    expect(verdictBy(tag([2]), cat, known)).toEqual({ verdict: "wrong", labels: [2] });
  });

  it("of several labels is what is shown once some were turned on or off", () => {
    const both = image("a", ["Day", "Cat"]);
    const mark = markOf(both, known);
    expect(verdictBy(mark, both, known)).toEqual({ verdict: "right" });
    const without = turned(mark, 1, multiLabel, known);
    expect(verdictBy(without, both, known)).toEqual({ verdict: "wrong", labels: [3] });
    // Another label of the same group takes its place, and back again it is right.
    const night = turned(without, 4, multiLabel, known);
    expect(verdictBy(night, both, known)).toEqual({ verdict: "wrong", labels: [4] });
    const back = turned(turned(night, 3, multiLabel, known), 1, multiLabel, known);
    expect(verdictBy(back, both, known)).toEqual({ verdict: "right" });
  });

  it("may be that it has none of the labels", () => {
    const cat = image("a", ["Cat"]);
    expect(verdictBy(turned(markOf(cat, known), 1, multiLabel, known), cat, known)).toEqual({ verdict: "wrong", labels: [] });
    const none = image("b");
    expect(verdictBy(markOf(none, known), none, known)).toEqual({ verdict: "right" });
  });
});

describe("the keys of judging", () => {
  it.each([multiClass, multiLabel])("are never the key of a label", (task) => {
    const { label: labels, ...others } = judgeTableOf(task);
    expect(labels.keys).toEqual(LABEL_KEYS);
    const taken = Object.values(others).flatMap(({ keys }) => keys);
    expect(taken.filter((key) => LABEL_KEYS.includes(key))).toEqual([]);
    expect(new Set(taken).size).toBe(taken.length);
  });
});

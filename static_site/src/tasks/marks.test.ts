import { describe, expect, it } from "vitest";
import { isSame, known, marksFrom, tag, type Mark } from "./marks";

const skip = (reason: string): Mark => ({ kind: "skip", reason });

describe("marks", () => {
  it("are the same with the same labels, in whatever order they were given", () => {
    expect(isSame(tag([2, 1, 2]), tag([1, 2]))).toBe(true);
    expect(isSame({ kind: "tag", labels: [2, 1] }, tag([1, 2]))).toBe(true);
    expect(isSame(tag([1]), tag([1, 2]))).toBe(false);
    expect(isSame(tag([1, 3]), tag([1, 2]))).toBe(false);
  });

  it("are not the same where one is a skip, for another reason, or none at all", () => {
    expect([isSame(skip("dark"), skip("dark")), isSame(skip("dark"), skip(""))]).toEqual([true, false]);
    expect([isSame(skip(""), tag([])), isSame(tag([]), skip("")), isSame(tag([]), tag([]))]).toEqual([false, false, true]);
    expect([isSame(undefined, tag([])), isSame({ kind: "none" }, tag([]))]).toEqual([false, false]);
  });

  it("keep of their labels what the project has, and are none without any", () => {
    expect(known(tag([1, 9]), [1, 2])).toEqual(tag([1]));
    expect(known(tag([9]), [1, 2])).toBeUndefined();
    expect([known(tag([]), [1]), known(skip(""), [1])]).toEqual([tag([]), skip("")]);
  });

  it("are read as a browser kept them when each image had one label", () => {
    const kept = { a: { kind: "tag", label: 2 }, b: skip("dark"), c: { kind: "none" }, d: tag([1, 2]) } as const;
    expect(marksFrom(kept)).toEqual({ a: tag([2]), b: skip("dark"), c: { kind: "none" }, d: tag([1, 2]) });
  });
});

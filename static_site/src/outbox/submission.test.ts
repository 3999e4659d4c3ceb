import { describe, expect, it } from "vitest";
import type { Marks } from "../tasks/marks";
import { changesBetween, marksOf, submissionOf } from "./submission";

const marks: Marks = {
  a: { kind: "tag", labels: [1] },
  b: { kind: "skip", reason: "blurred" },
  c: { kind: "skip", reason: "" },
};

describe("a submission", () => {
  it("is made of the marks, and the marks of it", () => {
    const body = submissionOf(["a", "b", "c"], marks);
    expect(body).toEqual({ labels: { a: [1] }, skipped: [{ id: "b", reason: "blurred" }, { id: "c" }] });
    expect(body && marksOf(body)).toEqual(marks);
  });

  it("is none while an image has no mark", () => {
    expect(submissionOf(["a", "d"], marks)).toBeNull();
    expect(submissionOf(["a", "d"], { ...marks, d: { kind: "none" } })).toBeNull();
  });
});

describe("a correction", () => {
  it("names only what was changed", () => {
    expect(changesBetween(marks, { ...marks })).toEqual([]);
    const after: Marks = { ...marks, a: { kind: "tag", labels: [2] }, b: { kind: "skip", reason: "dark" } };
    expect(changesBetween(marks, after).map(({ imageId }) => imageId)).toEqual(["a", "b"]);
    expect(changesBetween(marks, { a: { kind: "skip", reason: "" } })).toHaveLength(1);
    expect(changesBetween(marks, { c: { kind: "tag", labels: [1] } })).toHaveLength(1);
  });
});

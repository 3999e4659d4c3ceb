import { describe, expect, it } from "vitest";
import type { LabelFilePreview } from "../../api/types";
import { emptyDraft, toNewProject, type Draft } from "./draft";
import { fateOf, filledFrom, importOf, withoutFile } from "./labelFile";

const NONE = { count: 0, first: [] };
const some = (count: number) => ({ count, first: [] });
const preview = (more: Partial<LabelFilePreview> = {}): LabelFilePreview => ({
  ...{ format: "coco", taskType: "multiClass", lines: 10, regions: 0, suggested: 0, images: 10, matched: 8, listed: 10 },
  matchedBy: { path: 8, folder: 0, address: 0, spelling: 0, end: 0, name: 0, noEnding: 0 },
  ...{ unmatched: NONE, unclear: NONE, loose: NONE, isWhole: true },
  labels: [
    { name: "Dog", count: 7, group: "Animal" },
    { name: " Cat", count: 3, group: "" },
  ],
  ...more,
});
const withFile = (more: Partial<Draft> = {}): Draft => ({
  ...emptyDraft,
  labelFile: { upload: "u1", name: "coco.json", bytes: 9, isTaken: false },
  ...more,
});
const filled = (draft: Draft, from: LabelFilePreview): Draft => ({ ...draft, ...filledFrom(draft, from) });

describe("a draft that is filled in from a file of labels", () => {
  it("has its labels in their order, with their groups, and its task type", () => {
    const asked = toNewProject(filled(withFile(), preview({ taskType: "multiLabel" })));
    expect(asked.taskType).toBe("multiLabel");
    expect(asked.labels).toEqual([
      { name: "Dog", group: "Animal" },
      { name: "Cat", group: "" },
    ]);
  });

  it("keeps labels that were typed, behind, and a task type that holds all", () => {
    const draft = filled(withFile({ labels: [{ name: "Bird" }, { name: "Dog" }], taskType: "multiLabel" }), preview());
    expect(draft.labels.map(({ name }) => name)).toEqual(["Dog", "Cat", "Bird"]);
    expect(draft.taskType).toBe("multiLabel");
  });

  it("leaves out names and groups that no project can have, and more labels than it can have", () => {
    const odd = ["", "Dog", "Dog ", "x".repeat(101)].map((name) => ({ name, count: 1, group: "a//b" }));
    expect(filled(withFile(), preview({ labels: odd })).labels).toEqual([{ name: "Dog", there: "Dog" }]);
    const many = Array.from({ length: 500 }, (_, at) => ({ name: `label ${at}`, count: 1, group: "" }));
    expect(filled(withFile({ labels: [{ name: "Bird" }] }), preview({ labels: many })).labels).toHaveLength(500);
  });

  it("stays as it is where the file has no label", () => {
    const draft = withFile({ labels: [{ name: "Bird" }] });
    expect(filled(draft, preview({ labels: [], lines: 0, taskType: "multiLabel" }))).toEqual({
      ...draft,
      labelFile: { ...draft.labelFile, isTaken: true },
    });
  });

  it("loses the file's labels with the file, and no other", () => {
    const draft = filled(withFile({ labels: [{ name: "Bird" }] }), preview());
    expect(withoutFile(draft)).toEqual({ labelFile: undefined, labels: [{ name: "Bird" }] });
  });
});

describe("the import with which a project begins", () => {
  it("waits for the images, and says how labels are called now", () => {
    const draft = filled(withFile(), preview());
    const labels = draft.labels.map((label) => (label.name === "Dog" ? { ...label, name: "Hound " } : label));
    expect(importOf({ ...draft, labels })).toEqual({
      ...{ format: "auto", upload: "u1", as: "labels", waitForImages: true },
      labels: { Dog: "Hound", " Cat": "Cat" },
    });
  });

  it("is none without a file, or with one that could not be read", () => {
    expect(importOf(emptyDraft)).toBeNull();
    expect(importOf(withFile())).toBeNull();
  });
});

describe("what becomes of the images", () => {
  const fate = (more: Partial<LabelFilePreview>, change: (draft: Draft) => Partial<Draft> = () => ({})) => {
    const draft = filled(withFile(), preview(more));
    return fateOf({ ...draft, ...change(draft) }, preview(more));
  };

  it("is said in one sentence, of what there is", () => {
    expect(fate({ matched: 1234, listed: 1300, unmatched: some(12), unclear: some(1) })).toEqual([
      "1,234 of 1,300 images will get the labels of coco.json; 66 wait to be labeled; 12 images of the file are not in the folder; 1 image of the file cannot be told apart.",
    ]);
    expect(fate({ matched: 10 })).toEqual(["10 of 10 images will get the labels of coco.json."]);
    expect(fate({ matched: 9, isWhole: false })[0]).toMatch(/^Of the first 10 images .* 9 will get .*; 1 waits /);
  });

  it("says plainly that there are no images yet", () => {
    expect(fate({ listed: 0, matched: 0, unmatched: some(10) })).toHaveLength(1);
    expect(fate({ listed: 0, matched: 0 })[0]).toContain("no images in this folder yet");
  });

  it("is less where labels were removed, or images have several and can have one; renamed labels count", () => {
    const [first, second] = fate({}, ({ labels }) => ({ labels: labels.filter(({ name }) => name !== "Dog") }));
    expect(first).toMatch(/^Up to 8 of 10/);
    expect(second).toContain("1 label of the file");
    expect(fate({}, ({ labels }) => ({ labels: labels.map((label) => ({ ...label, name: `New ${label.name}` })) }))).toHaveLength(1);
    expect(fate({ taskType: "multiLabel" }, () => ({ taskType: "multiClass" }))[0]).toMatch(/^Up to/);
    expect(fate({ suggested: 3 })).toHaveLength(2);
  });
});

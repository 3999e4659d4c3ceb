import { expect, test } from "vitest";
import { EMPTY_DRAFT, isComplete, requestOf } from "./exportDraft";

test("without options all labeled images are asked for", () => {
  expect(requestOf(EMPTY_DRAFT)).toEqual({
    format: "coco",
    states: ["labeled"],
    labels: null,
    since: null,
    split: null,
    datastoreName: null,
    suggestions: false,
    guardFormulas: true,
  });
});

test("a split is sent as fractions, and only where its shares are a whole", () => {
  const draft = { ...EMPTY_DRAFT, splits: true, seed: "7" };
  expect(requestOf(draft).split).toEqual({ train: 0.8, validation: 0.1, test: 0.1, seed: 7 });
  expect(isComplete(draft)).toBe(true);
  expect(isComplete({ ...draft, test: "20" })).toBe(false);
  expect(isComplete({ ...draft, seed: "x" })).toBe(false);
  expect(isComplete({ ...draft, train: "" })).toBe(false);
});

test("a format without place for them is never asked for unlabeled images", () => {
  const more = ["skipped" as const];
  expect(requestOf({ ...EMPTY_DRAFT, more }).states).toEqual(["labeled", "skipped"]);
  expect(requestOf({ ...EMPTY_DRAFT, more, format: "imagefolder" }).states).toEqual(["labeled"]);
});

test("an Azure ML datastore is named to that format alone", () => {
  expect(requestOf({ ...EMPTY_DRAFT, datastoreName: "images" }).datastoreName).toBeNull();
  expect(requestOf({ ...EMPTY_DRAFT, datastoreName: "images", format: "azureml" }).datastoreName).toBe("images");
});

test("suggested labels are asked for only where the format tells them from others", () => {
  const draft = { ...EMPTY_DRAFT, suggestions: true };
  expect(requestOf({ ...draft, format: "csv" }).suggestions).toBe(true);
  expect(requestOf({ ...draft, format: "azureml" }).suggestions).toBe(true);
  expect(requestOf({ ...draft, format: "coco" }).suggestions).toBe(false);
});

test("formulas are guarded unless the table is for programs", () => {
  const draft = { ...EMPTY_DRAFT, guardFormulas: false };
  expect(requestOf({ ...draft, format: "csv" }).guardFormulas).toBe(false);
  expect(requestOf({ ...draft, format: "coco" }).guardFormulas).toBe(true);
});

import { expect, test } from "vitest";
import { EMPTY_DRAFT, formatsFor, isComplete, readAddress, requestOf } from "./exportDraft";

test("without options all labeled images are asked for", () => {
  expect(requestOf(EMPTY_DRAFT)).toEqual({
    format: "coco",
    name: null,
    states: ["labeled"],
    labels: null,
    since: null,
    split: null,
    datastoreName: null,
    workspace: null,
    suggestions: false,
    opinions: false,
    guardFormulas: true,
    wide: false,
    withImages: false,
    convertImages: false,
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

test("an Azure ML datastore is named to that format alone, with all its parts", () => {
  const azureMl = { subscription: "s", resourceGroup: " g", workspace: "w ", datastore: "images" };
  const draft = { ...EMPTY_DRAFT, azureMl };
  expect(requestOf(draft)).toMatchObject({ datastoreName: null, workspace: null });
  expect(requestOf({ ...draft, format: "azureml" })).toMatchObject({
    datastoreName: "images",
    workspace: { subscription: "s", resourceGroup: "g", name: "w" },
  });
  const half = { ...draft, azureMl: { ...azureMl, workspace: " " } };
  expect(isComplete({ ...half, format: "azureml" })).toBe(false);
  expect(isComplete(half)).toBe(true);
  expect(isComplete({ ...EMPTY_DRAFT, format: "azureml" })).toBe(true);
});

test("a datastore's address has all its parts", () => {
  const parts = { subscription: "s", resourceGroup: "g", workspace: "w", datastore: "images" };
  const address = "azureml://subscriptions/s/resourceGroups/g/workspaces/w/datastores/images";
  expect(readAddress(address)).toEqual(parts);
  expect(readAddress(` ${address}/paths/a folder/\n`)).toEqual(parts);
  expect(readAddress("azureml://datastores/images/paths/")).toBeUndefined();
  expect(readAddress("images")).toBeUndefined();
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

test("image folders are offered only where images have one label each", () => {
  expect(formatsFor({ isOneLabel: true })).toContain("imagefolder");
  expect(formatsFor({ isOneLabel: false })).toEqual(["coco", "azureml", "csv", "huggingface", "webdataset", "features"]);
});

test("unlabeled images are asked for where the files hold features", () => {
  const draft = { ...EMPTY_DRAFT, more: ["waiting" as const, "skipped" as const] };
  expect(requestOf({ ...draft, format: "features" }).states).toEqual(["labeled", "waiting", "skipped"]);
  expect(requestOf({ ...draft, format: "csv" }).states).toEqual(["labeled", "skipped"]);
});

test("features hold no images that could be converted, but cells", () => {
  const draft = { ...EMPTY_DRAFT, format: "features" as const, convertImages: true, guardFormulas: false };
  expect(requestOf(draft)).toMatchObject({ convertImages: false, guardFormulas: false });
});

test("a column for each label is asked of a table alone", () => {
  const draft = { ...EMPTY_DRAFT, wide: true };
  expect(requestOf({ ...draft, format: "csv" }).wide).toBe(true);
  expect(requestOf({ ...draft, format: "coco" }).wide).toBe(false);
});

test("opinions are asked of formats that have a place for them, and then of no table with a row an image", () => {
  const draft = { ...EMPTY_DRAFT, opinions: true, wide: true };
  expect(requestOf({ ...draft, format: "csv" })).toMatchObject({ opinions: true, wide: false });
  expect(requestOf({ ...draft, format: "azureml" }).opinions).toBe(true);
  expect(requestOf({ ...draft, format: "imagefolder" }).opinions).toBe(false);
});

test("images are converted only where the files hold them", () => {
  const draft = { ...EMPTY_DRAFT, convertImages: true };
  expect(requestOf({ ...draft, format: "imagefolder" }).convertImages).toBe(true);
  expect(requestOf({ ...draft, format: "csv" }).convertImages).toBe(false);
  expect(requestOf(draft).convertImages).toBe(false);
  expect(requestOf({ ...draft, withImages: true })).toMatchObject({ withImages: true, convertImages: true });
  expect(requestOf({ ...draft, withImages: true, format: "csv" })).toMatchObject({
    withImages: false,
    convertImages: false,
  });
});

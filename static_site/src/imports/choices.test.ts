import { describe, expect, it } from "vitest";
import type { Import } from "../api/types";
import { begunAgain, requestOf, sourceOf, tidyPath, type Choices } from "./choices";

const CHOICES: Choices = {
  format: "auto",
  ...{ as: "labels", replace: false, duplicates: "leave", part: -2 },
  columns: { label: "verdict" },
  decisions: { cat: { kind: "label", name: "Cat" }, Bird: { kind: "new" } },
};
const HOW = { as: "labels", replace: false, duplicates: "leave", labels: { cat: "Cat" }, dryRun: true };

describe("what is asked of the service", () => {
  it("is one file, of a format that it finds by itself", () => {
    const upload = { kind: "upload", upload: "u", name: "a.csv", bytes: 3 } as const;
    const columns = { label: "verdict" };
    expect(requestOf(upload, CHOICES, true)).toEqual({ format: "auto", upload: "u", columns, ...HOW });
    const file = { kind: "file", path: "a.csv" } as const;
    expect(requestOf(file, CHOICES, true)).toEqual({ format: "auto", file: "a.csv", columns, ...HOW });
  });

  it("is read as what somebody says it is, and one of several files where it was that", () => {
    const upload = { kind: "upload", upload: "u", name: "a.csv", file: "a.csv" } as const;
    expect(requestOf(upload, { ...CHOICES, format: "csv" }, true)).toMatchObject({ format: "csv", uploadFile: "a.csv" });
  });

  it("is no file where folders are the labels", () => {
    expect(requestOf({ kind: "folders" }, CHOICES, true)).toEqual({ format: "folders", part: -2, ...HOW });
  });
});

it("a path in the folder is taken as people write it", () => {
  expect(tidyPath(" /labels/a.csv ")).toBe("labels/a.csv");
  expect(tidyPath(" / ")).toBe("");
});

describe("an import that failed", () => {
  const failed = (more: Partial<Import>): Import =>
    ({
      ...{ part: null, file: null, upload: null, uploadFiles: [], as: "labels", replace: true, duplicates: "last", format: "auto" },
      ...more,
    }) as Import;

  it("is begun again with its files, as far as they are kept", () => {
    expect(sourceOf(failed({ upload: "u", uploadFiles: ["a", "b"] }))).toEqual({ kind: "upload", upload: "u", name: "a and b" });
    expect(sourceOf(failed({ upload: "u", uploadFiles: ["a"] }))).toEqual({ kind: "upload", upload: "u", name: "a", file: "a" });
    expect(sourceOf(failed({ file: "a.csv" }))).toEqual({ kind: "file", path: "a.csv" });
    expect(sourceOf(failed({ part: 1 }))).toEqual({ kind: "folders" });
    expect(sourceOf(failed({}))).toBeNull();
  });

  it("is asked for as it was", () => {
    const choices = { as: "labels", replace: true, duplicates: "last" };
    const again = begunAgain(failed({ file: "a", format: "coco", name: "v2" }), 7);
    expect(again).toMatchObject({ choices: { ...choices, format: "coco" }, name: "v2", at: 7 });
    expect(begunAgain(failed({ part: -3, format: "folders" }), 7)?.choices).toEqual({ ...choices, format: "auto", part: -3 });
    expect(begunAgain(failed({}), 7)).toBeNull();
  });
});

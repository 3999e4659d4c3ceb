import { describe, expect, it } from "vitest";
import { requestOf, tidyPath, type Choices } from "./choices";

const CHOICES: Choices = {
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

  it("is no file where folders are the labels", () => {
    expect(requestOf({ kind: "folders" }, CHOICES, true)).toEqual({ format: "folders", part: -2, ...HOW });
  });
});

it("a path in the folder is taken as people write it", () => {
  expect(tidyPath(" /labels/a.csv ")).toBe("labels/a.csv");
  expect(tidyPath(" / ")).toBe("");
});

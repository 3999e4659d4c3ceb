import { describe, expect, it } from "vitest";
import { snippetOf } from "./snippets";

const files = (...names: string[]) =>
  names.map((name) => ({ name, url: "https://example.com", bytes: 1, sha256: null }));

const options = { suggestions: false };

describe("the snippet that loads an export", () => {
  it("names the files that there are, and no others", () => {
    const snippet = snippetOf({ format: "coco", files: files("coco.json", "changes.csv", "export.json"), bySide: {}, options });
    expect(snippet).toContain('for file in ["coco.json"]:');
  });

  it("loads each side of a split that has images", () => {
    const split = { bySide: { train: 8, validation: 1, test: 0 }, options };
    expect(snippetOf({ format: "azureml", files: files("train/MLTable"), ...split })).toContain('["train", "validation"]');
    expect(snippetOf({ format: "imagefolder", files: files("images.zip"), ...split })).toContain(
      '["images/train", "images/validation"]',
    );
    const shards = files("train-000000.tar", "train-000001.tar", "validation-000000.tar", "test-000000.tar");
    expect(snippetOf({ format: "webdataset", files: shards, ...split })).toContain(
      '["train-{000000..000001}.tar", "validation-000000.tar"]',
    );
  });

  it("does not count what is only suggested as a label", () => {
    const suggestions = { bySide: {}, options: { suggestions: true } };
    expect(snippetOf({ format: "csv", files: files("labels.csv"), ...suggestions })).toContain('(["state", "label"])');
    expect(snippetOf({ format: "azureml", files: files("MLTable"), ...suggestions })).toContain(
      'labels[labels["label_confidence"] == 1]',
    );
  });
});

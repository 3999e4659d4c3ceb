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
      'for side in ["train", "validation"]',
    );
    const shards = files("train-000000.tar", "train-000001.tar", "validation-000000.tar", "test-000000.tar");
    const webdataset = snippetOf({ format: "webdataset", files: shards, ...split });
    expect(webdataset).toContain('x, y = load("train-{000000..000001}.tar")');
    expect(webdataset).toContain('test_x, test_y = load("validation-000000.tar")');
  });

  it("tries what it learns on a fifth of the images where they are all on one side", () => {
    const alone = { bySide: { train: 0, validation: 9, test: 0 }, options };
    const coco = files("coco.zip");
    expect(snippetOf({ format: "coco", files: coco, bySide: {}, options })).toContain('*load("coco/coco.json"), test_size');
    expect(snippetOf({ format: "coco", files: coco, ...alone })).toContain('*load("coco/coco-validation.json")');
    expect(snippetOf({ format: "huggingface", files: files("huggingface.zip"), ...alone })).toContain(
      '*load(dataset["validation"])',
    );
    expect(snippetOf({ format: "imagefolder", files: files("images.zip"), ...alone })).toContain(
      'ImageFolder("images/validation", shape)',
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

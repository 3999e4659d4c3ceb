import { describe, expect, it } from "vitest";
import { snippetOf } from "./snippets";

const files = (...names: string[]) =>
  names.map((name) => ({ name, url: "https://example.com", bytes: 1, sha256: null }));

const options = { suggestions: false, wide: false };

describe("the snippet that loads an export", () => {
  it("names the files that there are, and no others", () => {
    const snippet = snippetOf({ format: "coco", files: files("coco.json", "changes.csv", "export.json"), bySide: {}, options }, true);
    expect(snippet).toContain('for file in ["coco.json"]:');
  });

  it("loads each side of a split that has images", () => {
    const split = { bySide: { train: 8, validation: 1, test: 0 }, options };
    expect(snippetOf({ format: "azureml", files: files("train/MLTable"), ...split }, true)).toContain('["train", "validation"]');
    expect(snippetOf({ format: "imagefolder", files: files("images.zip"), ...split }, true)).toContain(
      'for side in ["train", "validation"]',
    );
    const shards = files("train-000000.tar", "train-000001.tar", "validation-000000.tar", "test-000000.tar");
    const webdataset = snippetOf({ format: "webdataset", files: shards, ...split }, true);
    expect(webdataset).toContain('x, y = load("train-{000000..000001}.tar")');
    expect(webdataset).toContain('test_x, test_y = load("validation-000000.tar")');
  });

  it("tries what it learns on a fifth of the images where they are all on one side", () => {
    const alone = { bySide: { train: 0, validation: 9, test: 0 }, options };
    const coco = files("coco.zip");
    expect(snippetOf({ format: "coco", files: coco, bySide: {}, options }, true)).toContain('*load("coco/coco.json"), test_size');
    expect(snippetOf({ format: "coco", files: coco, ...alone }, true)).toContain('*load("coco/coco-validation.json")');
    expect(snippetOf({ format: "huggingface", files: files("huggingface.zip"), ...alone }, true)).toContain(
      '*load(dataset["validation"])',
    );
    expect(snippetOf({ format: "imagefolder", files: files("images.zip"), ...alone }, true)).toContain(
      'ImageFolder("images/validation", shape)',
    );
  });

  it("does not count what is only suggested as a label", () => {
    const suggestions = { bySide: {}, options: { suggestions: true, wide: false } };
    expect(snippetOf({ format: "csv", files: files("labels.csv"), ...suggestions }, true)).toContain('(["state", "label"])');
    expect(snippetOf({ format: "azureml", files: files("MLTable"), ...suggestions }, true)).toContain(
      'labels[labels["label_confidence"] == 1]',
    );
  });

  it("learns lists of labels where images may have several", () => {
    const several = (format: "coco" | "huggingface" | "webdataset", file: string): string =>
      snippetOf({ format, files: files(file), bySide: {}, options }, false);
    for (const snippet of [several("coco", "coco.zip"), several("huggingface", "huggingface.zip"), several("webdataset", "images-0.tar")])
      expect(snippet).toContain("model = OneVsRestClassifier(LogisticRegression(max_iter=1000)).fit(x, marks.transform(y))");
    expect(several("huggingface", "huggingface.zip")).toContain('list(images["labels"])');
    expect(several("webdataset", "images-0.tar")).not.toContain('"cls"');
  });

  it("learns from the features of each side, and takes none of what nobody labeled", () => {
    const whole = { format: "features" as const, files: files("features.npy", "images.csv"), bySide: {}, options };
    expect(snippetOf(whole, true)).toContain('train_test_split(*load(""), test_size');
    expect(snippetOf(whole, true)).toContain("if label]");
    expect(snippetOf(whole, false)).toContain('said = [row["labels"]');
    const split = { ...whole, bySide: { train: 8, validation: 0, test: 2 } };
    expect(snippetOf(split, true)).toContain('x, y = load("-train")\ntest_x, test_y = load("-test")');
  });

  it("reads the columns of labels from a table that has them", () => {
    const wide = { format: "csv" as const, files: files("labels.csv"), options: { suggestions: false, wide: true } };
    expect(snippetOf({ ...wide, bySide: {} }, false)).toContain('table.filter(regex="^label: ")');
    expect(snippetOf({ ...wide, bySide: { train: 3, test: 1 } }, true)).toContain('.groupby(table["split"]).sum()');
  });
});

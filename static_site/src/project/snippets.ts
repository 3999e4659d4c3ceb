import type { Export, ExportFormat } from "../api/types";

/** Python that loads the files of an export, by their own names, from the folder they were downloaded to. */

const SIDES = ["train", "validation", "test"] as const;
const quoted = (text: string): string => JSON.stringify(text);
const listed = (names: readonly string[]): string => `[${names.map(quoted).join(", ")}]`;

interface Files {
  names: string[];
  /** The sides that have images; none without a split. */
  sides: string[];
  /** Labels may be only suggested, with a confidence below 1. */
  suggestions: boolean;
}

/** Numbered shards in one pattern, as WebDataset takes them: images-{000000..000041}.tar. */
function shards(names: readonly string[]): string {
  const [first, last] = [names[0] ?? "", names.at(-1) ?? ""];
  const numberOf = (name: string): string => /\d+(?=\.tar$)/.exec(name)?.[0] ?? "";
  return names.length < 2 ? first : first.replace(/\d+(?=\.tar$)/, `{${numberOf(first)}..${numberOf(last)}}`);
}

const unpacked = (name: string, folder: string): string[] => [
  "import zipfile",
  "",
  `zipfile.ZipFile(${quoted(name)}).extractall(${quoted(folder)})`,
];

const LOADERS: Record<ExportFormat, (files: Files) => string[]> = {
  coco: ({ names }) => [
    "# pip install pycocotools",
    "from pycocotools.coco import COCO",
    "",
    `for file in ${listed(names)}:`,
    "    coco = COCO(file)",
    '    names = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}',
    "    for image in coco.loadImgs(coco.getImgIds()):",
    '        labels = [names[one["category_id"]] for one in coco.imgToAnns[image["id"]]]',
    '        print(image["file_name"], labels)',
  ],
  csv: ({ names, sides, suggestions }) => [
    "# pip install pandas",
    "import pandas as pd",
    "",
    `labels = pd.read_csv(${quoted(names[0] ?? "")}, keep_default_na=False)`,
    ...(suggestions ? ["# What people set has the confidence 1; what waits and is only suggested has less."] : []),
    `print(labels.groupby(${listed([
      ...(sides.length > 0 ? ["split"] : []),
      ...(suggestions ? ["state"] : []),
      "label",
    ])}).size())`,
  ],
  azureml: ({ sides, suggestions }) => [
    "# pip install mltable pandas",
    "import mltable",
    "",
    `for folder in ${listed(sides.length > 0 ? sides : ["."])}:`,
    "    table = mltable.load(folder)",
    ...(suggestions
      ? [
          "    labels = table.to_pandas_dataframe()",
          "    # What people set has the confidence 1; what is only suggested has less.",
          '    print(labels[labels["label_confidence"] == 1]["label"].value_counts())',
          '    print(labels[labels["label_confidence"] < 1]["label"].value_counts())',
        ]
      : ["    print(table.to_pandas_dataframe())"]),
  ],
  imagefolder: ({ names, sides }) => [
    "# pip install torchvision",
    ...unpacked(names[0] ?? "", "images"),
    "",
    "from torchvision.datasets import ImageFolder",
    "",
    `for folder in ${listed(sides.length > 0 ? sides.map((side) => `images/${side}`) : ["images"])}:`,
    "    dataset = ImageFolder(folder)",
    "    print(folder, len(dataset), dataset.classes)",
  ],
  huggingface: ({ names }) => [
    "# pip install datasets pillow",
    ...unpacked(names[0] ?? "", "dataset"),
    "",
    "from datasets import load_dataset",
    "",
    'dataset = load_dataset("dataset")',
    "for side, images in dataset.items():",
    '    print(side, len(images), images.features["label"].names)',
  ],
  webdataset: ({ names, sides }) => [
    "# pip install webdataset pillow",
    "import webdataset",
    "",
    `for shards in ${listed(
      (sides.length > 0 ? sides : [""]).map((side) => shards(names.filter((name) => name.startsWith(side)))),
    )}:`,
    '    for sample in webdataset.WebDataset(shards, shardshuffle=False).decode("pil"):',
    '        print(sample["json"]["name"], sample.get("cls"))',
  ],
};

const ENDINGS: Record<ExportFormat, RegExp> = {
  coco: /^coco.*\.json$/,
  csv: /^labels\.csv$/,
  azureml: /MLTable$/,
  imagefolder: /\.zip$/,
  huggingface: /\.zip$/,
  webdataset: /\.tar$/,
};

type Exported = Pick<Export, "format" | "files" | "bySide"> & { options: Pick<Export["options"], "suggestions"> };

export function snippetOf(one: Exported): string {
  const names = one.files.map((file) => file.name).filter((name) => ENDINGS[one.format].test(name));
  const sides = SIDES.filter((side) => (one.bySide[side] ?? 0) > 0);
  return LOADERS[one.format]({ names, sides, suggestions: one.options.suggestions }).join("\n");
}

import type { Export, ExportFormat } from "../api/types";

/**
 * Python that loads the files of an export, by their own names, from the folder they were downloaded to, and where they
 * hold the images or their features trains a small classifier and says how often it is right.
 */

const SIDES = ["train", "validation", "test"] as const;
const quoted = (text: string): string => JSON.stringify(text);
const listed = (names: readonly string[]): string => `[${names.map(quoted).join(", ")}]`;

interface Files {
  names: string[];
  /** The sides that have images; none without a split. */
  sides: string[];
  /** The sides to learn from and to try it on, where there are two. */
  tried?: { train: string; test: string };
  /** Labels may be only suggested, with a confidence below 1. */
  suggestions: boolean;
  /** Images have one label each; else each has a list of them. */
  isOneLabel: boolean;
}

/** Numbered shards in one pattern, as WebDataset takes them: images-{000000..000041}.tar. */
function shards(names: readonly string[]): string {
  const [first, last] = [names[0] ?? "", names.at(-1) ?? ""];
  const numberOf = (name: string): string => /\d+(?=\.tar$)/.exec(name)?.[0] ?? "";
  return names.length < 2 ? first : first.replace(/\d+(?=\.tar$)/, `{${numberOf(first)}..${numberOf(last)}}`);
}

const unpacked = (name: string, folder: string): string => `import zipfile

zipfile.ZipFile(${quoted(name)}).extractall(${quoted(folder)})
`;

const PIXELS = `def pixels(image):
    return np.asarray(image.convert("RGB").resize((32, 32))).ravel() / 255
`;

const LEARNING = `import numpy as np
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
`;

const LEARNING_SEVERAL = LEARNING.replace(
  "from sklearn.model_selection import train_test_split\n",
  `from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
`,
);

const learning = ({ isOneLabel }: Files): string => (isOneLabel ? LEARNING : LEARNING_SEVERAL);

const FITTED = `model = LogisticRegression(max_iter=1000).fit(x, y)  # put your own model here
print(f"accuracy: {model.score(test_x, test_y):.2f}")`;

const FITTED_SEVERAL = `marks = MultiLabelBinarizer().fit([*y, *test_y])  # a column of 0 and 1 for each label
model = OneVsRestClassifier(LogisticRegression(max_iter=1000)).fit(x, marks.transform(y))  # put your own model here
print(f"F1: {f1_score(marks.transform(test_y), model.predict(test_x), average='micro', zero_division=0):.2f}")`;

/** tried, whole: Python that gives the sides apart, or all images; prepared: what is done with both sides. */
const learned = ({ isOneLabel }: Files, tried: string | undefined, whole: string, prepared = ""): string =>
  `${tried ?? `x, test_x, y, test_y = train_test_split(*${whole}, test_size=0.2, random_state=0)`}
${prepared}
${isOneLabel ? FITTED : FITTED_SEVERAL}`;

const loaded = (train: string, test: string): string => `x, y = load(${train})
test_x, test_y = load(${test})`;

const COCO_LABELS = `        for one in coco.anns.values():
            with Image.open("coco/images/" + coco.imgs[one["image_id"]]["file_name"]) as image:
                x.append(pixels(image))
            y.append(coco.cats[one["category_id"]]["name"])`;

const COCO_LISTS = `        for one in coco.imgs.values():
            if one.get("state", "labeled") != "labeled":
                continue  # nobody said which labels it has
            with Image.open("coco/images/" + one["file_name"]) as image:
                x.append(pixels(image))
            y.append([coco.cats[label["category_id"]]["name"] for label in coco.imgToAnns[one["id"]]])`;

function coco(files: Files): string {
  const { names, sides, tried } = files;
  const archive = names.find((name) => name.endsWith(".zip"));
  if (!archive)
    return `# pip install pycocotools
# The images are not in these files: export with images to train on them, or copy the folder.
from pycocotools.coco import COCO

for file in ${listed(names)}:
    coco = COCO(file)
    names = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}
    for image in coco.loadImgs(coco.getImgIds()):
        labels = [names[one["category_id"]] for one in coco.imgToAnns[image["id"]]]
        print(image["file_name"], labels)`;
  return `# pip install pycocotools pillow scikit-learn
${unpacked(archive, "coco")}
${learning(files)}from pycocotools.coco import COCO


${PIXELS}

def load(*files):
    x, y = [], []
    for coco in map(COCO, files):
${files.isOneLabel ? COCO_LABELS : COCO_LISTS}
    return x, y


${learned(
  files,
  tried && loaded(`"coco/coco-${tried.train}.json"`, `"coco/coco-${tried.test}.json"`),
  `load(${quoted(`coco/coco${sides.map((side) => `-${side}`).join("")}.json`)})`,
)}`;
}

const wideCsv = ({ names, sides }: Files): string => `# pip install pandas
import pandas as pd

table = pd.read_csv(${quoted(names[0] ?? "")})
labels = table.filter(regex="^label: ").dropna()  # 1 and 0; what is only suggested has less than 1
print(labels.eq(1)${sides.length > 0 ? '.groupby(table["split"])' : ""}.sum())`;

const csv = ({ names, sides, suggestions }: Files): string => `# pip install pandas
import pandas as pd

labels = pd.read_csv(${quoted(names[0] ?? "")}, keep_default_na=False)
${suggestions ? "# What people set has the confidence 1; what waits and is only suggested has less.\n" : ""}print(labels.groupby(${listed(
  [...(sides.length > 0 ? ["split"] : []), ...(suggestions ? ["state"] : []), "label"],
)}).size())`;

const azureml = ({ sides, suggestions, isOneLabel }: Files): string => `# pip install mltable pandas
import mltable

for folder in ${listed(sides.length > 0 ? sides : ["."])}:
    table = mltable.load(folder)
${
  suggestions
    ? `    labels = table.to_pandas_dataframe()${isOneLabel ? "" : '.explode(["label", "label_confidence"])'}
    # What people set has the confidence 1; what is only suggested has less.
    print(labels[labels["label_confidence"] == 1]["label"].value_counts())
    print(labels[labels["label_confidence"] < 1]["label"].value_counts())`
    : "    print(table.to_pandas_dataframe())"
}`;

/** A side without images of a label has its folder all the same, which ImageFolder takes where it is told so. */
const imagefolder = ({ names, sides, tried }: Files): string => `# pip install torch torchvision
${unpacked(names[0] ?? "", "images")}
import torch
from torch.utils.data import DataLoader, random_split
from torchvision.datasets import ImageFolder
from torchvision.transforms import Compose, Resize, ToTensor

shape = Compose([Resize((64, 64)), ToTensor()])
${
  tried
    ? `train, test = (ImageFolder(f"images/{side}", shape, allow_empty=True) for side in ${listed([tried.train, tried.test])})
classes = train.classes`
    : `images = ImageFolder(${quoted(["images", ...sides].join("/"))}, shape)
train, test = random_split(images, [0.8, 0.2], torch.Generator().manual_seed(0))
classes = images.classes`
}
print(len(train), "to learn from,", len(test), "to try it on,", classes)

torch.manual_seed(0)
model = torch.nn.Sequential(  # put your own model here
    torch.nn.Conv2d(3, 32, 5, stride=2),
    torch.nn.ReLU(),
    torch.nn.AdaptiveAvgPool2d(4),
    torch.nn.Flatten(),
    torch.nn.Linear(512, len(classes)),
)
optimizer = torch.optim.Adam(model.parameters(), 0.01)
for _ in range(20):
    for pictures, labels in DataLoader(train, 32, shuffle=True):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(pictures), labels).backward()
        optimizer.step()

with torch.no_grad():
    right = sum((model(pictures).argmax(1) == labels).sum().item() for pictures, labels in DataLoader(test, 32))
print(f"accuracy: {right / len(test):.2f}")`;

function huggingface(files: Files): string {
  const { names, sides, tried, isOneLabel } = files;
  const column = isOneLabel ? "label" : "labels";
  return `# pip install datasets pillow scikit-learn
${unpacked(names[0] ?? "", "dataset")}
${learning(files).replace("from PIL import Image\n", "from datasets import load_dataset\n")}

${PIXELS}

def load(images):
    images = images.filter(lambda ${column}: ${column} is not None, input_columns="${column}")
    return [pixels(one["image"]) for one in images], list(images["${column}"])


dataset = load_dataset("dataset")
for side, images in dataset.items():
    print(side, len(images), images.features["${column}"]${isOneLabel ? "" : ".feature"}.names)
${learned(
  files,
  tried && loaded(`dataset[${quoted(tried.train)}]`, `dataset[${quoted(tried.test)}]`),
  `load(dataset[${quoted(sides[0] ?? "train")}])`,
)}`;
}

function webdataset(files: Files): string {
  const { names, sides, tried, isOneLabel } = files;
  const of = (side: string): string => quoted(shards(names.filter((name) => name.startsWith(side))));
  return `# pip install webdataset pillow scikit-learn
${learning(files)}import webdataset


${PIXELS}

def load(shards):
    x, y = [], []
    for sample in webdataset.WebDataset(shards, shardshuffle=False).decode("pil"):
        if ${isOneLabel ? '"cls" in sample' : 'sample["json"]["state"] == "labeled"'}:
            x += [pixels(part) for part in sample.values() if isinstance(part, Image.Image)]
            y.append(sample["json"]["labels"]${isOneLabel ? "[0]" : ""})
    return x, y


${learned(files, tried && loaded(of(tried.train), of(tried.test)), `load(${of(sides[0] ?? "")})`)}`;
}

const FEWER = `
# In the directions in which images differ most a fit takes seconds, in all of them minutes.
directions = PCA(min(256, len(x)), random_state=0).fit(x)
x, test_x = directions.transform(x), directions.transform(test_x)
`;

/** Labels of one cell: a name, or a list in JSON; an empty cell where nobody labeled the image. */
function features(files: Files): string {
  const { sides, tried, isOneLabel } = files;
  const column = isOneLabel ? "label" : "labels";
  const end = (side: string | undefined): string => quoted(side ? `-${side}` : "");
  return `# pip install numpy scikit-learn
import csv
${isOneLabel ? "" : "import json\n"}
${learning(files).replace("from PIL import Image\n", "from sklearn.decomposition import PCA\n")}

def load(side):
    with open(f"images{side}.csv", encoding="utf-8", newline="") as file:
        said = [row["${column}"] for row in csv.DictReader(file)]
    features = np.load(f"features{side}.npy", mmap_mode="r")  # a row for each image, float16
    labeled = [row for row, label in enumerate(said) if label]
    return features[labeled].astype(np.float32), [${isOneLabel ? "said[row]" : "json.loads(said[row])"} for row in labeled]


${learned(files, tried && loaded(end(tried.train), end(tried.test)), `load(${end(sides[0])})`, FEWER)}`;
}

const LOADERS: Record<ExportFormat, (files: Files) => string> = {
  coco,
  csv,
  azureml,
  imagefolder,
  huggingface,
  webdataset,
  features,
};

const ENDINGS: Record<ExportFormat, RegExp> = {
  coco: /^coco.*\.(json|zip)$/,
  csv: /^labels\.csv$/,
  azureml: /MLTable$/,
  imagefolder: /\.zip$/,
  huggingface: /\.zip$/,
  webdataset: /\.tar$/,
  features: /\.npy$/,
};

type Exported = Pick<Export, "format" | "files" | "bySide"> & {
  options: Pick<Export["options"], "suggestions" | "wide">;
};

/** isOneLabel: images have one label each in its project. */
export function snippetOf(one: Exported, isOneLabel: boolean): string {
  const names = one.files.map((file) => file.name).filter((name) => ENDINGS[one.format].test(name));
  const sides = SIDES.filter((side) => (one.bySide[side] ?? 0) > 0);
  const test = sides.at(-1);
  const tried = sides.includes("train") && test && test !== "train" ? { train: "train", test } : undefined;
  const { suggestions, wide } = one.options;
  const loader = wide ? wideCsv : LOADERS[one.format];
  return loader({ names, sides, tried, suggestions, isOneLabel });
}

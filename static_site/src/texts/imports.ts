import { percent, plural, range, sentences } from "./words";

const number = (count: number): string => count.toLocaleString("en");

/** The formats, as people call them. */
const formats = {
  auto: "Format not known yet",
  coco: "COCO",
  csv: "Table",
  azureml: "JSON Lines",
  labelstudio: "Label Studio",
  mltable: "MLTable",
  cvat: "CVAT for images",
  huggingface: "Hugging Face dataset",
  imagefolder: "Image folders",
  vott: "VoTT",
  folders: "Class folders",
};

/** By what images were found, in the order in which it is tried. */
const rules = {
  path: "Found by their whole path",
  folder: "Found by their path in the folder",
  address: "Found by their address",
  spelling: "Found by path or address, spelled another way",
  end: "Found by the end of their path",
  name: "Found by their name alone",
  noEnding: "Found by their name without .jpg and the like",
};

export const imports = {
  title: "Import labels",
  words:
    "Bring in labels from elsewhere: exports of Azure ML data labeling, COCO, tables, JSON Lines, Label Studio, CVAT, VoTT, Hugging Face, and zips of folders. You see what would change before anything does.",
  zone: "Files with labels",
  drop: "Drag a file with labels here, or several of one format, or",
  dropNow: "Drop to see what is in it",
  choose: "Choose files",
  together: ([first = "", ...others]: readonly string[]) =>
    others.length === 0
      ? first
      : others.length === 1
        ? `${first} and ${others[0]}`
        : `${first} and ${others.length} more files`,
  tooMany: (most: number) => `Choose ${most} files at most, or pack them into a zip.`,
  empty: (name: string) => `${name} is empty.`,
  tooLarge: (name: string, most: string) => `${name} is too large. A file can have ${most}.`,
  tooLargeTogether: (most: string) => `These files are too large together. They can have ${most}.`,
  notSent: (name: string) => `${name} was not uploaded.`,
  uploading: (name: string) => `Uploading ${name}`,
  folder: "Use a file in the project’s folder",
  path: "Path in the folder",
  pathExample: "labels/annotations.json",
  pathUse: "Use this file",
  folders: "Folders of the images",
  useFolders: "Use the images’ folders as labels",
  part: "Which folder is the label",
  parts: {
    [-2]: "The folder that the image is in",
    [-3]: "The folder above that",
    1: "The first folder of the path",
    2: "The second folder of the path",
    3: "The third folder of the path",
  },
  another: "Choose another file",
  anotherThan: "Choose a file instead",
  sized: (name: string, size: string) => `${name} (${size})`,
  formats,
  reading: "Reading the file. Nothing is changed.",
  readingPaths: "Reading the images’ paths. Nothing is changed.",
  again: "Checking again what would change",
  progress: "Progress of the import",
  failed: "This file cannot be imported.",

  as: "Import as",
  uses: { labels: "Labels", suggestions: "Suggestions" },
  useHints: {
    labels: "The images count as labeled.",
    suggestions: "Labelers see them and decide.",
  },
  others: "Images that are labeled or skipped here",
  replace: { keep: "Keep as they are", replace: "Replace with what the file says" },

  duplicates: "Images with several labels in the file",
  duplicate: { leave: "Leave out", first: "Use the first label", last: "Use the last label" },

  what: "What the file holds",
  whatFolders: "What the folders hold",
  how: "How to read the file",
  holds: (format: string, lines: number) => `${format}: ${plural(lines, "line")} with labels.`,
  regions: (count: number) =>
    `${plural(count, "box or polygon", "boxes or polygons")} ${count === 1 ? "is" : "are"} passed over: images get labels as a whole here.`,
  holdsFolders: (images: number) => `${plural(images, "image")} in folders.`,
  nothing: "No label was found.",
  readAs: "Read as",
  foundAs: (format: string) => `${format}, found by its content`,
  findFormat: "Find it by its content",

  columnsOf: "Columns of the file",
  columnOf: { image: "Column of the image", label: "Column of the label", confidence: "Column of the confidence" },
  columnByName: "Find it by its name",
  columnEach: "A column for each label",
  chooseColumn: "Choose a column",
  chooseColumns: "Choose the columns of the image and of the label here, or correct the file and choose it again.",
  noColumn: "None",

  labels: "Labels",
  columns: { name: "In the file", folder: "Folder", lines: "Lines", images: "Images", here: "In this project" },
  hereOf: (name: string) => `${name} in this project`,
  same: (here: string, there: string) => (here === there ? "The same label" : here),
  create: "New label",
  out: "Leave out",
  mostFrequent: (count: number) => `Only the ${count} most frequent labels of the file are listed.`,
  ask: "Choose: differs only by case",
  leaveOutAll: (count: number) => (count === 1 ? "Leave it out" : "Leave them out"),
  createAll: (count: number) => `Create ${plural(count, "label")}`,
  createFirst: (count: number) => `${plural(count, "label is", "labels are")} new. Create ${count === 1 ? "it" : "them"}, or leave ${count === 1 ? "it" : "them"} out.`,
  tooManyLabels: (most: number) => `A project can have ${most} labels. Leave some out, or use other labels for them.`,
  decide: (count: number) => `Choose what becomes of ${plural(count, "label")} that differ${count === 1 ? "s" : ""} only by case.`,
  decideFirst: "Decide on the labels above first.",
  notYours: "Only administrators create labels. Lines with other labels are left out, unless you choose one for them.",

  matching: "Images",
  rules,
  unmatched: "Not in this project",
  unclear: "Several images fit, or several lines fit one image",
  loose: "Lines that could not be used",
  rows: "Download these lines with their reasons",

  would: "What would change",
  did: "What changed",
  figures: {
    labeled: { labels: "Labeled", suggestions: "Suggested" },
    unchanged: { labels: "Labeled so already", suggestions: "Suggested so already" },
    kept: { labels: "Kept as people labeled them", suggestions: "Kept as they are" },
    notReady: "Not ready: no preview yet, or not readable",
    ambiguous: "Left out: several labels, where an image has one",
    refused: "Left out: labels that do not go together, or none",
    suggested: "Lines passed over: only suggested there. Import them as suggestions.",
    unknown: "Lines passed over: labels that this project does not have",
    leftOut: "Lines passed over: labels that are left out",
  },
  first: (names: number, count: number) => (names < count ? `Show the first ${number(names)}` : "Show them"),

  examples: "Examples",
  change: (before: string, after: string) => (before ? `${before} → ${after}` : after),
  none: "none of the labels",

  start: (count: number, use: "labels" | "suggestions") =>
    use === "labels" ? `Import ${plural(count, "label")}` : `Import ${plural(count, "suggestion")}`,
  nothingNew: "Nothing would change.",
  administrators: "Only the project’s administrators import labels. You can import them as suggestions.",

  waits: "Waits until all images are prepared.",
  history: "Imports",
  noImports: "No imports yet.",
  sent: "Text sent by the API",
  by: (name: string) => `by ${name}`,
  asUse: { labels: "as labels", suggestions: "as suggestions" },
  replaced: "replacing what was there",
  done: (labeled: number, others: number, use: "labels" | "suggestions") =>
    sentences(
      labeled === 0 ? "Nothing was changed." : `${plural(labeled, "image")} got ${use === "labels" ? "labels" : "suggestions"}.`,
      others > 0 && `${plural(others, "image")} did not.`,
    ),
  name: "Name",
  nameExample: "Model and version",
  accuracy: (share: number, judged: number, interval: readonly number[]) =>
    `Right on ${percent(share)}% of ${plural(judged, "image")} judged (${range(interval)}).`,
  accuracyBuiltIn: (share: number, judged: number, all: number) =>
    `Built-in suggestions: ${percent(share)}% of ${judged === all ? "the same images" : `${number(judged)} of them`}.`,
  verdicts: {
    better: "Better than the built-in ones.",
    worse: "Not as good as the built-in ones.",
    open: "Which is better is not clear yet.",
    few: "Too few images yet to tell which is better.",
  },
  howRight: "How right the suggestions are",
  thisImport: "This import",
  builtIn: "Built-in suggestions",
  percent: (share: number) => `${percent(share)}%`,
  rightOf: (right: number, judged: number, interval: readonly number[]) =>
    `${number(right)} of ${plural(judged, "image")} (${range(interval)})`,
  accuracyTitle:
    "Some images reach labelers without their suggestion. Once labeled, they are judged. The range holds the true share in 95 of 100 cases.",
  againWith: (name: string) => `Try again: ${name}`,
  details: "Details",
  undo: "Undo",
  undoOf: (name: string) => `Undo the import of ${name}`,
  undoTitle: "Undo this import?",
  undoWords: (name: string, use: "labels" | "suggestions") =>
    `All images that got ${use} from ${name} stand as before it. Those that somebody has changed since stay as they are.`,
  undoing: "Undoing this import",
  undoProgress: "Progress of the undo",
  undone: (restored: number, left: number, by: string) =>
    sentences(
      `Undone${by && ` by ${by}`}: ${plural(restored, "image")} ${restored === 1 ? "stands" : "stand"} as before.`,
      left > 0 && `${plural(left, "image")} that somebody changed since ${left === 1 ? "stays" : "stay"}.`,
    ),
  undoFailed: (reason: string) => `Undo failed: ${reason}`,
};

const are = (count: number): string => (count === 1 ? "is" : "are");

/** A new project that starts from labels that people have. */
export const startLabels = {
  title: "Start from labels you have",
  words:
    "Optional. Drop an export of Azure ML data labeling, COCO, a table, or another file with labels: labels and task type are filled in from it, and its images start out labeled.",
  reading: (name: string) => `Reading ${name}, and looking for its images`,
  remove: "Use another file, or none",
  filled: (labels: number, task: string) =>
    `${plural(labels, "label")} and the task type (${task}) ${are(labels + 1)} filled in. You can change both.`,
  mostFrequent: (count: number) => `The file has many labels: the ${count} most frequent ones are filled in.`,
  skip: "Go to review and create",
  skipWords: "The other steps have their usual settings. You can change them there.",
  noImages: (name: string) =>
    `There are no images in this folder yet, so none can get labels from ${name} now. Go on all the same, and import it on the project’s Import tab once they are there.`,
  will: (matched: number, listed: number, name: string, isUpTo: boolean) =>
    `${isUpTo ? "Up to " : ""}${number(matched)} of ${plural(listed, "image")} will get the labels of ${name}`,
  willOfFirst: (matched: number, listed: number, name: string, isUpTo: boolean) =>
    `Of the first ${plural(listed, "image")} in the folder, ${isUpTo ? "up to " : ""}${number(matched)} will get the labels of ${name}`,
  wait: (count: number) => `${number(count)} ${count === 1 ? "waits" : "wait"} to be labeled`,
  unmatched: (count: number) => `${plural(count, "image")} of the file ${are(count)} not in the folder`,
  unclear: (count: number) => `${plural(count, "image")} of the file cannot be told apart`,
  loose: (count: number) => `${plural(count, "line")} of the file cannot be used`,
  suggested: (count: number) =>
    `${plural(count, "line")} ${are(count)} passed over: only suggested there. Import them as suggestions later.`,
  leftOut: (count: number) => `${plural(count, "label")} of the file ${are(count)} not among the project’s, and passed over.`,
  oneEach: "Some images have several labels, or none, in the file. As an image gets exactly one here, these wait to be labeled.",
  notStarted: (name: string, reason: string) =>
    `The project is created, but the import of ${name} has not started: ${reason}`,
};

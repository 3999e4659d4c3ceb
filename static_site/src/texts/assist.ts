import { plural, sentences } from "./words";

export const assist = {
  title: "ML assisted labeling",
  words:
    "The service learns from your labels and suggests one for each unlabeled image. Where it is confident, images come pre-labeled, and people only check them.",
  facts: [
    "It runs inside the service, on ordinary CPUs. There is no cluster to set up or pay for.",
    "It starts to help after about 50 labeled images, with at least 5 images for two labels, and keeps learning.",
    "It never labels anything on its own. People accept or change every suggestion.",
    "A few images come without their suggestion, one in ten at first and one in fifty later: their labels measure how accurate suggestions are.",
    "Preparing images takes a little longer. You can turn it on or off later.",
  ],
  suggest: "Suggest labels",
  order: "Which images come first",
  orders: {
    surest: {
      name: "Easy images first",
      words: "Fastest: most images of a page have the same label and come pre-labeled.",
    },
    leastSure: {
      name: "Hard images first",
      words: "Improves suggestions most: people label what they know least about.",
    },
  },
  precision: "Pre-label when at least",
  ofHundred: "% accurate",
  precisionHint: "With a higher value, fewer images come pre-labeled, and fewer of those are wrong.",
  precisionWrong: "Enter a number from 50 to 99.9.",
  on: "On: the service suggests labels.",
  off: "Off: no suggestions.",
  rightIn: (precision: string) => `Pre-label when at least ${precision}% accurate`,
  save: "Save settings",
  learnNow: "Learn now",
  status: { off: "Off", waiting: "Waiting", learning: "Learning", ready: "Ready", failed: "Failed" },
  statusWords: {
    off: "Suggestions are off.",
    waiting: "Starts when there are enough labels.",
    learning: "Learning from the current labels. Labeling goes on.",
    ready: "Images come with suggestions.",
    failed: "Labeling goes on without new suggestions.",
  },
  learned: (labels: number, from: number, at: number | null) =>
    sentences(
      from === 0 ? "Nothing learned yet." : `Learned from ${plural(from, "label")}.`,
      `The project now has ${plural(labels, "labeled image")}.`,
      at !== null && `It learns ${from === 0 ? "" : "again "}at ${at.toLocaleString("en")}.`,
    ),
};

export const assistFigures = {
  title: "Suggestions",
  heldOut: { name: "Test accuracy", note: "on labels not used for learning" },
  /** Where images have any number of labels. */
  heldOutWhole: { name: "Test accuracy", note: "images with every label right, not used for learning" },
  hidden: "Accuracy of hidden suggestions",
  lately: "Acceptance rate",
  of: (part: string, whole: string) => `${part} of ${whole}`,
  /** With both ends of the 95% interval. */
  ofBetween: (part: string, whole: string, [low, high]: readonly string[]) =>
    `${part} of ${whole}: between ${low} and ${high}`,
  share: { name: "Confident suggestions", note: "of the unlabeled images" },
  sure: { name: "Will come pre-labeled", note: "of the unlabeled images (estimate)" },
  unsure: { name: "Will come unlabeled", note: "of the unlabeled images (estimate)" },
  sureFrom: (confidence: string, right: string) =>
    `Images are pre-labeled from a confidence of ${confidence}. In the test, ${right} of such suggestions were right.`,
  sureFromWhole: (confidence: string, right: string) =>
    `Images are pre-labeled where all of their labels together are right with a confidence of at least ${confidence}. In the test, ${right} of such images were.`,
  hiddenWords:
    "Some images come without their suggestion; the labels people give them show how accurate suggestions are. The acceptance rate shows less, since people may accept without looking.",
};

export const assistCurve = {
  title: "Accuracy of suggestions",
  right: "Test accuracy",
  sure: "Confident suggestions, of the unlabeled",
  labels: "Labels learned from",
  tooFew: "The chart appears after the next training.",
  chart: (count: number, right: string, labels: number) =>
    `Line chart of ${plural(count, "training")}: ${right} right with ${plural(labels, "label")}`,
};

export const confusions = {
  title: "Often confused labels",
  words:
    "Labeled images that look like another label to the model. Some may be labeled wrong.",
  none: "No labels are confused.",
  one: (count: number, label: string, suggested: string) =>
    `${plural(count, "image")} labeled ${label} ${count === 1 ? "looks" : "look"} like ${suggested}`,
};

export const labelsTogether = {
  title: "Labels that occur together",
  words: "Of the images that suggestions were learned from. Pairs that you did not expect may be wrong.",
  none: "No image has two labels.",
  one: (count: number, [one, other]: readonly string[]) =>
    `${plural(count, "image")} ${count === 1 ? "has" : "have"} both ${one} and ${other}`,
};

export const rightByLabel = {
  title: "Accuracy by label",
  learnedFrom: "Learned from",
  right: "Test accuracy",
  /** Where images have any number of labels. */
  found: "Found",
  correct: "Correct",
  words: "Found: how many of the images with the label got it in the test (recall). Correct: how many of those that got it have it (precision).",
  unknown: "not tested",
  never: "never suggested",
};

export const accepted = {
  title: "Accepted suggestions",
  none: "Nobody has seen a pre-labeled image yet.",
  columns: ["Labeler", "Accepted", "Changed", "Acceptance rate"],
  all: (count: number) => `accepted all ${count.toLocaleString("en")}: worth a look`,
};

export const trainings = {
  title: "Trainings",
  figures: ["Labels", "Accuracy", "Confident suggestions"],
  nothing: "none",
  more: "Show more",
};

import { plural, sentences } from "./words";

export const assist = {
  title: "ML assisted labeling",
  words:
    "The service learns from the labels that are set, and suggests one for each image that waits. Pages come tagged in advance where it is sure, and are looked over instead of tagged.",
  facts: [
    "It runs in the service itself, on its ordinary processors: there is no cluster to pay for or to set up.",
    "It begins to help after about 50 labels; at least two labels with 5 images each are needed. It learns again by itself as labels grow.",
    "It never labels anything by itself: people accept or change every suggestion.",
    "About every tenth page comes without suggestions, so that it can be measured how right they are.",
    "Preparing the images takes a little longer. You can turn it on and off later.",
  ],
  suggest: "Suggest labels",
  order: "Which images come first",
  orders: {
    surest: {
      name: "The surest first",
      words: "The quickest: most of a page has the same label, and is tagged in advance.",
    },
    leastSure: {
      name: "The least sure first",
      words: "Teaches the most: people label what the suggestions know least about.",
    },
  },
  precision: "Tag in advance where suggestions are right in",
  ofHundred: "of 100",
  precisionHint: "With more, fewer images are tagged in advance, and fewer of them wrong. Others come untagged.",
  precisionWrong: "Give a number from 50 to 99.9.",
  on: "On: labels are suggested.",
  off: "Off: no labels are suggested.",
  rightIn: (precision: string) => `Tags in advance where suggestions are right in ${precision} of 100`,
  save: "Save settings",
  learnNow: "Learn now",
  status: { off: "Off", waiting: "Waiting", learning: "Learning", ready: "Ready", failed: "Failed" },
  statusWords: {
    off: "Suggestions were switched off.",
    waiting: "It begins as soon as there are enough labels.",
    learning: "It learns from the labels as they stand. Labeling goes on meanwhile.",
    ready: "Images come with suggestions.",
    failed: "Labeling goes on without new suggestions.",
  },
  learned: (labels: number, from: number, at: number | null) =>
    sentences(
      from === 0 ? "Nothing was learned yet." : `Learned from ${plural(from, "label")}.`,
      `The project has ${plural(labels, "labeled image")} now.`,
      at !== null && `It learns ${from === 0 ? "" : "again "}at ${at.toLocaleString("en")}.`,
    ),
};

export const assistFigures = {
  title: "Suggestions",
  heldOut: { name: "Right in a test", note: "on labels kept out of learning" },
  blind: "Right on blind pages",
  lately: "Lately accepted",
  of: (part: string, whole: string) => `${part} of ${whole}`,
  share: { name: "Surely suggested", note: "of the images that wait" },
  sure: { name: "Will come tagged", note: "of the images that wait, an estimate" },
  unsure: { name: "Will come untagged", note: "of the images that wait, an estimate" },
  sureFrom: (confidence: string, right: string) =>
    `Images are tagged in advance from a confidence of ${confidence}. In the test ${right} of such suggestions were right.`,
  blindWords:
    "Blind pages come without suggestions, about every tenth one: their labels tell how right suggestions are where nobody saw them. What was accepted tells less, as somebody may accept without looking.",
};

export const assistCurve = {
  title: "How right suggestions are",
  right: "Right in a test",
  sure: "Surely suggested, of those that wait",
  labels: "Labels learned from",
  tooFew: "There is a curve once it has learned again from more labels.",
  chart: (count: number, right: string, labels: number) =>
    `Line chart of ${plural(count, "training")}: ${right} right with ${plural(labels, "label")}`,
};

export const confusions = {
  title: "Labels taken for others",
  words:
    "Labeled images that look like another label to what was learned from the others. Some of them may be labeled wrongly.",
  none: "No label is taken for another one.",
  one: (count: number, label: string, suggested: string) =>
    `${plural(count, "image")} labeled ${label} ${count === 1 ? "looks" : "look"} like ${suggested}`,
};

export const rightByLabel = {
  title: "Right by label",
  learnedFrom: "Learned from",
  right: "Right in a test",
  unknown: "not tested",
};

export const accepted = {
  title: "Accepted suggestions",
  none: "Nobody has seen a suggestion yet that tagged an image in advance.",
  columns: ["Labeler", "Accepted", "Changed", "Share accepted"],
  all: (count: number) => `accepted all ${count.toLocaleString("en")}: worth a look`,
};

export const trainings = {
  title: "Trainings",
  figures: ["Labels", "Right", "Surely suggested"],
  nothing: "none",
  more: "Show more",
};

import { percent, plural, sentences, stay } from "./words";

type Told = Record<"add" | "remove" | "set" | "none", (images: string, count: number, labels: string) => string>;

const are = (count: number): string => (count === 1 ? "is" : "are");
const have = (count: number): string => (count === 1 ? "has" : "have");

/** What became of the labels of some images. */
const relabeled: Told = {
  set: (images, count, labels) => `${images} ${are(count)} labeled ${labels} now.`,
  add: (images, count, labels) => `${images} ${have(count)} ${labels} now.`,
  remove: (images, _, labels) => `${labels} taken away from ${images}.`,
  none: (images, count) => `${images} ${have(count)} none of the labels now.`,
};

/** Some others were so before. */
const settled: Told = {
  set: (images, count, labels) => `${images} ${are(count)} labeled ${labels} already.`,
  add: (images, count, labels) => `${images} ${have(count)} ${labels} already.`,
  remove: (images, _, labels) => `${images} did not have ${labels}.`,
  none: (images, count) => `${images} ${have(count)} none of the labels already.`,
};

/** Of an image that was looked at and has none of the labels. */
const NONE = "“None of these”";

export const data = {
  filters: "Filters",
  state: "State",
  states: {
    labeled: "Labeled data",
    skipped: "Skipped",
    disputed: "Disputed",
    waiting: "Unlabeled",
    leased: "Being labeled",
    preparing: "Preparing",
    unreadable: "Unreadable",
    missing: "Missing",
  },
  allStates: "All",
  label: "Label",
  labeler: "Labeler",
  any: "Any",
  allOf: (group: string) => `All of ${group}`,
  noLabel: "No label",
  labelFilter: (words: string) => `Label: ${words}`,
  labelsWanted: "Images with",
  matches: { any: "Any of", all: "All of", none: "None of" },
  matchWords: {
    any: (names: readonly string[]) => names.join(" or "),
    all: (names: readonly string[]) => names.join(" and "),
    none: (names: readonly string[]) => `None of ${names.join(", ")}`,
  },
  isUnknown: (value: string) => `${value} (unknown)`,
  name: "File name contains",
  only: {
    doubted: "Possible mistakes",
    changedSinceLabeled: "Image changed after labeling",
    unreviewed: "Not reviewed",
    reviewed: "Reviewed",
    rejected: "Rejected",
  },
  doubtedHint:
    "The labels that the model finds least likely come first. Y takes the model’s label. C says that the label is right; the image then leaves this list.",
  suggested: "The model says",
  clear: (count: number) => `Clear ${plural(count, "filter")}`,
  clearAll: "Clear all filters",
  unknownTitle: "Some filters in this address do not exist",
  tooMuch: (value: string) => `Images have one label each in this project: leave “${value}” out.`,
  unknown: {
    view: (value: string) => `There is no view “${value}”.`,
    state: (value: string) => `There is no state “${value}”.`,
    label: (value: string) =>
      `This project has no label “${value}”. It may have been renamed, merged or removed since.`,
    group: (value: string) =>
      `This project has no group “${value}”. It may have been renamed since, or has no labels any more.`,
    match: (value: string) => `Images are found by any, all or none of some labels, not by “${value}”.`,
    labeler: (value: string) => `Nobody called “${value}” has labeled in this project.`,
    name: (value: string) => `The name “${value}” cannot be searched for.`,
    changedSinceLabeled: (value: string) => `“Image changed after labeling” is true or false, not “${value}”.`,
    reviewed: (value: string) => `“Reviewed” is true or false, not “${value}”.`,
    rejected: (value: string) => `“Rejected” is true or false, not “${value}”.`,
    doubted: (value: string) => `“Possible mistakes” is true or false, not “${value}”.`,
    suggested: (value: string) =>
      `The model says “${value}” of no image here: it is no label of this project, or possible mistakes are not shown.`,
  },
  images: "Images",
  loading: "Loading images",
  loadingMore: (count: number) => `Loading more, ${plural(count, "image")} so far`,
  shown: (count: number) => plural(count, "image"),
  soFar: (count: number) => `${plural(count, "image")} loaded, more come as you scroll`,
  shownOf: (count: number, all: number) => `${count.toLocaleString("en")} of ${plural(all, "image")} loaded`,
  reload: "Refresh",
  loadedAt: (when: string) => `As of ${when}`,
  none: "No images here",
  noneWords: "No image matches these filters.",
  noneGiven: "This labeler gave no image this label. Go to the next label (N) or the next labeler (Shift + N).",
  noneLabeled: "Nothing is labeled yet",
  noneLabeledWords: "Labeled images appear here as soon as labelers submit them.",
  noneAtAll: "There are no images yet",
  noneAtAllWords: "No images were found in the project's folder yet. The dashboard shows when it was last checked.",
  showAll: "Show all images",
  showLabeled: "Show all labeled images",
  noSuggestions: "Suggestions are off",
  noSuggestionsWords:
    "Possible mistakes are found by the model that suggests labels. An administrator turns suggestions on under Details.",
  notLearned: "Nothing learned yet",
  notLearnedWords: "Possible mistakes appear when there are enough labels to learn from.",
  learning: "The model is learning right now. Refresh in a minute.",
  noDoubts: "No possible mistakes",
  noDoubtsHere: "No possible mistake matches these filters.",
  noDoubtsWords: (labels: number) =>
    `The model learned from ${plural(labels, "label")} and agrees with the others. Labels that were reviewed since are not listed.`,
  broken: "Not loaded",
  size: "Size of the tiles",
  sizes: { small: "S", medium: "M", large: "L" },
  sizeNames: { small: "Small", medium: "Medium", large: "Large" },
  sideBySide: "Side by side",
  grid: "Back to the grid",
  sideBySideHint: "All images that one labeler gave one label, close together, so that you spot the odd one out.",
  previous: (what: string) => `Previous ${what}`,
  next: (what: string) => `Next ${what}`,
  steps: { label: "label", labeler: "labeler" },
  review: "Review",
  selected: (count: number) => `${plural(count, "image")} selected`,
  changeLabel: "Change label",
  labelKeys: "1–9",
  changeLabelTitle: (count: number) => `Change the label of ${plural(count, "image")}`,
  searchHint: "Enter takes the marked label, the arrows mark another.",
  changing: (done: number, all: number) => `${done.toLocaleString("en")} of ${plural(all, "image")} changed`,
  changeLabels: "Change labels",
  changeLabelsTitle: (count: number) => `Change the labels of ${plural(count, "image")}`,
  changes: {
    add: { name: "Add", button: "Add labels" },
    remove: { name: "Take away", button: "Take labels away" },
    set: { name: "Set exactly these", button: "Set labels" },
  },
  setNone: "None of these: no label will be left.",
  corrected: (
    change: "add" | "remove" | "set",
    labels: string,
    count: number,
    stale: number,
    left: number,
    already: number,
  ) =>
    sentences(
      count > 0 && relabeled[labels ? change : "none"](plural(count, "image"), count, labels),
      already > 0 && settled[labels ? change : "none"](plural(already, "image"), already, labels),
      stale > 0 && `${plural(stale, "image")} had been labeled again meanwhile and ${stay(stale)}.`,
      left > 0 && `${plural(left, "image")} cannot be labeled, because ${left === 1 ? "it has" : "they have"} no preview.`,
    ),
  take: "Take the model’s label",
  taken: (count: number, stale: number, left: number) =>
    sentences(
      count > 0 && `${plural(count, "image has", "images have")} the model’s label now.`,
      stale > 0 && `${plural(stale, "image")} had been labeled again meanwhile and ${stay(stale)}.`,
      left > 0 && `Of ${plural(left, "image")} the model says no other label.`,
    ),
  takeLabels: "Take the model’s labels",
  confirm: "Label is right",
  confirmLabels: "Labels are right",
  confirmed: (count: number, stale: number, left: number, already: number) =>
    sentences(
      count > 0 && `${plural(count, "label is", "labels are")} marked as right.`,
      already > 0 && `${plural(already, "label")} had been reviewed already.`,
      stale > 0 && `${plural(stale, "image")} had been changed meanwhile and ${stay(stale)}.`,
      left > 0 && `${plural(left, "image has", "images have")} no label.`,
    ),
  isReviewed: "Reviewed",
  modelSays: (label: string, confidence: number) => `${label}? ${percent(confidence)}%`,
  doubt: (label: string, confidence: number) =>
    `The model, which has not learned from this image, says ${label}, ${percent(confidence)} percent.`,
  reject: "Reject",
  rejectTitle: (count: number) => `Reject ${plural(count, "image")}`,
  rejectWords: "Their labels are removed, and labelers get these images first.",
  reason: "Reason",
  reasonHint: "Optional. The labeler who gets the image next sees it.",
  recentReasons: "Recent reasons",
  rejected: (count: number, stale: number, left: number) =>
    sentences(
      count > 0 && `${plural(count, "image is", "images are")} rejected.`,
      stale > 0 && `${plural(stale, "image")} had been labeled again meanwhile and ${stay(stale)}.`,
      left > 0 && `${plural(left, "image")} ${left === 1 ? "is" : "are"} not labeled and ${stay(left)}.`,
    ),
  cutOff: (words: string, left: number, problem: string) =>
    sentences(words, `Then it failed: ${problem}`, `${plural(left, "image")} ${stay(left)}. Try these again.`),
  undo: "Undo",
  undoThis: "Undo (U)",
  undone: (count: number, stale: number) =>
    sentences(
      count > 0 && `Undone: ${plural(count, "image is", "images are")} as before.`,
      stale > 0 && `${plural(stale, "image")} had been changed again meanwhile and ${stay(stale)}.`,
    ),
  nothingToUndo: "There is nothing to undo.",
  enlarge: "Enlarge",
  details: "Details",
  panel: "Details of the image",
  about: (state: string, width: number, height: number) =>
    width > 0 ? `${state}, ${width} × ${height} pixels` : state,
  changedBadge: "Changed",
  changed: "The file has changed since it was labeled.",
  missing: "The file is missing from the folder, so nobody gets this image. If the file comes back, so does the image.",
  stateOf: (state: string, labels: string) => (labels ? `${state}, ${labels}` : state),
  history: "History",
  noHistory: "Nothing has happened to this image yet.",
  earlier: "Show earlier",
  /** wasEmpty: what is rejected had none of the labels. */
  action: (action: string, labels: string, wasEmpty: boolean): string =>
    ({
      labeled: `Labeled ${labels || NONE}`,
      skipped: "Skipped",
      disputed: "Disputed",
      rejected: labels || wasEmpty ? `Rejected, was ${labels || NONE}` : "Rejected",
      corrected: `Corrected to ${labels || NONE}`,
      confirmed: `Confirmed ${labels || NONE}`,
      asked: "Asked for one more opinion",
      merged: "Labels of the opinions merged",
      restored: labels ? `Review undone, ${labels} again` : "Review undone, as before",
      imported: `Imported as ${labels || NONE}`,
      missing: "The file has vanished",
      back: "The file is back",
      changed: "The file has changed",
    })[action] ?? action,
  labelChange: (added: string, takenAway: string) =>
    sentences(added !== "" && `Added: ${added}.`, takenAway !== "" && `Taken away: ${takenAway}.`),
  because: (reason: string) => `“${reason}”`,
  by: (name: string, when: string) => (name ? `${name}, ${when}` : when),
  help: {
    moveKeys: "Arrows, Home, End, Page Up, Page Down",
    move: "Move the focus",
    toggle: "Select or unselect the focused image",
    extendKeys: "Shift + arrows, Shift + click",
    extend: "Select a range",
    selectAll: "Select all that is loaded",
    selectNone: "Select none",
    labelKeys: "1 – 9",
    label: "Change the label of the selected images, or else of the focused one",
    turn: "Turn a label on or off for the selected images, or else for the focused one",
    changeLabels: "Add labels, take labels away, or set them",
    takeLabels: "Take the model’s labels, among those that it doubts",
    confirmLabels: "The labels are right, and there are no others",
    none: "Set “None of these”",
    search: "Search all labels",
    take: "Take the model’s label, among the labels that it doubts",
    confirm: "The label is right",
    reject: "Reject, with a reason if you like",
    undo: "Undo what was done last",
    enlarge: "Enlarge the image, or close it again",
    details: "Open or close the details",
    sideBySide: (what: string) => `Side by side: ${what}`,
  },
};

import { plural } from "./words";

export const details = {
  saved: "Saved.",
  settings: "Project",
  pause: "Pause",
  resume: "Resume",
  pausedWords:
    "While the project is paused, nobody gets new images, and the folder is not checked automatically. Pages that labelers have can still be submitted.",
  leaseMinutes: "Page timeout, inactive (minutes)",
  leaseHint: "After this time without activity, a labeler's page goes back to the others.",
  labels: "Labels",
  saveLabels: "Save labels",
  removeUnused: "Remove unused",
  removeUnusedTitle: (count: number) => `Remove ${plural(count, "unused label")}?`,
  removeUnusedWords: "No image has these labels. Labelers will no longer see them:",
  merge: "Merge",
  mergeOf: (name: string) => `Merge ${name} into another label`,
  mergeLater: "Save or discard your changes first.",
  mergeTitle: (name: string) => `Merge ${name} into another label`,
  mergeInto: "Merge into",
  mergeChoose: "Choose a label",
  mergeWords: (count: number, name: string, into: string) =>
    into
      ? `${plural(count, "image")} with the label ${name} will count as ${into}, here and in exports, and ${name} is no longer offered. You can undo this later; ${name} then has its images again.`
      : `${plural(count, "image")} with the label ${name} will count as the label that you choose, here and in exports. You can undo this later.`,
  merged: "Merged labels",
  mergedNow: (name: string, into: string) => `${name} now counts as ${into}.`,
  mergeChanged: "Somebody else changed the labels. Check them again; nothing was merged.",
  mergedInto: (name: string, into: string) => `${name} counts as ${into}`,
  undoMerge: "Undo",
  undoMergeOf: (name: string) => `Undo the merge of ${name}`,
  instructions: "Labeling instructions",
  saveInstructions: "Save instructions",
  danger: "Delete",
  dangerWords: "Deletes the project with its labels and exports. The images in the datastore stay as they are.",
  delete: "Delete project",
  deleteTitle: (name: string) => `Delete ${name}?`,
  deleteWords: "All labels, their history and the exports are lost. This cannot be undone.",
  deleteType: "Type the project's name to confirm",
};

/** What a new project takes from a file of labels, and what is said of it. Pure. */

import type { ImportRequest, LabelFilePreview } from "../../api/types";
import { groupMistake, LABEL_LIMITS, labelMistake, trimmedPath } from "../../parts/labelRules";
import { TASK_TYPES } from "../../tasks";
import { startLabels } from "../../texts/imports";
import { taskTypeOf, type Draft, type DraftLabel } from "./draft";

const ownLabels = ({ labels }: Draft): DraftLabel[] => labels.filter(({ there }) => there === undefined);

/** The labels of a file that a project can have, in the file's order, the most frequent first. */
function labelsOf(preview: LabelFilePreview): DraftLabel[] {
  const labels: DraftLabel[] = [];
  const names: string[] = [];
  for (const { name, group } of preview.labels) {
    if (labelMistake(name, names) !== undefined) continue;
    const path = groupMistake(group) === undefined ? trimmedPath(group) : "";
    labels.push({ name: name.trim(), there: name, ...(path && { group: path }) });
    names.push(name);
  }
  return labels;
}

/** A draft with what a file says, in place of what another file said. Labels that people have typed stay behind those of the
 *  file, and so does a task type that can hold all. */
export function filledFrom(draft: Draft, preview: LabelFilePreview): Partial<Draft> {
  const { labelFile } = draft;
  if (!labelFile) return {};
  const labels = labelsOf(preview);
  const names = new Set(labels.map(({ name }) => name));
  const all = [...labels, ...ownLabels(draft).filter(({ name }) => !names.has(name.trim()))];
  return {
    labelFile: { ...labelFile, isTaken: true },
    ...(labels.length > 0 && {
      labels: all.slice(0, LABEL_LIMITS.most),
      taskType: draft.taskType === "multiLabel" ? draft.taskType : preview.taskType,
    }),
  };
}

/** A draft without the file, and without the labels that are there by it. */
export const withoutFile = (draft: Draft): Partial<Draft> => ({ labelFile: undefined, labels: ownLabels(draft) });

/** Labels of the file that have another name in the project. */
const renamedIn = ({ labels }: Draft): Record<string, string> =>
  Object.fromEntries(
    labels.flatMap(({ name, there }) => (there !== undefined && there !== name.trim() ? [[there, name.trim()]] : [])),
  );

/** The import with which the project begins; null where it begins without labels. */
export function importOf(draft: Draft): ImportRequest | null {
  if (!draft.labelFile?.isTaken) return null;
  const { upload } = draft.labelFile;
  return { format: "auto", upload, as: "labels", labels: renamedIn(draft), waitForImages: true };
}

/** How many of the file's labels the project will not have. */
function leftOutOf(draft: Draft, preview: LabelFilePreview): number {
  const kept = new Set(draft.labels.map(({ name, there }) => there ?? name.trim()));
  const names = new Set(draft.labels.map(({ name }) => name.trim()));
  return preview.labels.filter(({ name }) => !kept.has(name) && !names.has(name.trim())).length;
}

const joined = (parts: readonly (string | false)[]): string => `${parts.filter(Boolean).join("; ")}.`;

/** What becomes of the folder's images, and of what the file says, in sentences. */
export function fateOf(draft: Draft, preview: LabelFilePreview): string[] {
  const name = draft.labelFile?.name ?? "";
  const { matched, listed, unmatched, unclear, loose, suggested } = preview;
  if (listed === 0) return [startLabels.noImages(name)];
  const leftOut = leftOutOf(draft, preview);
  const oneEach = TASK_TYPES[taskTypeOf(draft)].isOneLabel && preview.taskType === "multiLabel";
  const will = preview.isWhole ? startLabels.will : startLabels.willOfFirst;
  return [
    joined([
      will(matched, listed, name, leftOut > 0 || oneEach),
      listed > matched && startLabels.wait(listed - matched),
      unmatched.count > 0 && startLabels.unmatched(unmatched.count),
      unclear.count > 0 && startLabels.unclear(unclear.count),
      loose.count > 0 && startLabels.loose(loose.count),
    ]),
    ...(leftOut > 0 ? [startLabels.leftOut(leftOut)] : []),
    ...(oneEach ? [startLabels.oneEach] : []),
    ...(suggested > 0 ? [startLabels.suggested(suggested)] : []),
  ];
}

/** Where a reviewer is among the images of a check, and what a key makes of the labels before them. */

import type { CheckImage, Project, VerdictWord } from "../api/types";
import { labelsOf, tag, type Mark } from "../tasks/marks";
import { rivalsOf } from "../tasks/rivals";
import type { TaskType } from "../tasks/task";
import { keyOf } from "./verdicts";

/** labels: the right ones, by their ids, where they are known. */
export interface Saying {
  verdict: VerdictWord;
  labels?: number[];
}

/** What was said last of an image; null = nothing, or it was taken back. */
export type Said = (image: CheckImage) => VerdictWord | null;

export interface Place {
  /** The next to be judged; undefined = all are. */
  current: CheckImage | undefined;
  /** Those that come after it, to be loaded ahead. */
  ahead: readonly CheckImage[];
  judged: number;
  /** The one whose verdict is taken back next: the last that was judged here, or else the one before the current. */
  last: CheckImage | undefined;
}

export function placeOf(images: readonly CheckImage[], said: Said, past: readonly string[], ahead: number): Place {
  const open = images.filter((one) => said(one) === null);
  const [current] = open;
  const judged = images.filter((one) => said(one) !== null);
  const at = current ? images.indexOf(current) : images.length;
  const latest = past.findLast((key) => judged.some((one) => keyOf(one) === key));
  const last = judged.find((one) => keyOf(one) === latest) ?? judged.findLast((one) => images.indexOf(one) < at);
  return { current, ahead: open.slice(1, 1 + ahead), judged: judged.length, last };
}

type Labels = Pick<Project, "labels" | "groups">;

/** The labels of an image, as the keys change them. */
export const markOf = ({ labels }: CheckImage, known: Labels): Mark =>
  tag(known.labels.filter(({ name }) => labels.includes(name)).map(({ id }) => id));

/** A label's key where an image may have several: on or off. With none left, it has none of these. */
export const turned = (mark: Mark, label: number, task: TaskType, known: Labels): Mark =>
  task.pressed([mark], label, rivalsOf(known, label))[0] ?? tag([]);

/** What somebody says who says that these are the right labels. */
export function verdictBy(mark: Mark, image: CheckImage, known: Labels): Saying {
  const before = labelsOf(markOf(image, known));
  const labels = [...labelsOf(mark)];
  const isSame = labels.length === before.length && labels.every((label) => before.includes(label));
  return isSame ? { verdict: "right" } : { verdict: "wrong", labels };
}

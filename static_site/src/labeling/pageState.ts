/** The state of one page of images while it is labeled, and what is read from it. */

import { submissionOf, type SubmissionBody } from "../outbox/submission";
import { isEmpty, isGiven, labelsOf, type Mark, type Marks } from "../tasks/marks";
import type { Suggested, TaskType } from "../tasks/task";
import type { Suggestions } from "./suggestions";

/** What undo brings back. */
export interface Moment {
  readonly marks: Marks;
  readonly selected: ReadonlySet<string>;
  readonly focus: number;
}

export interface PageState extends Moment {
  readonly task: TaskType;
  readonly leaseId: string;
  readonly ids: readonly string[];
  readonly suggestions: Suggestions;
  /** Where a range began that Shift extends. */
  readonly anchor: number;
  /** Whether the focused image fills the window: what is pressed is then for it alone. */
  readonly isLarge: boolean;
  /** What is selected has got a label, and may get more: whoever then chooses or moves on begins anew. */
  readonly isServed: boolean;
  /** What is likely was accepted, or nothing was: what is accepted next is the rest. */
  readonly acceptsRest: boolean;
  readonly past: readonly Moment[];
  readonly undone: readonly Moment[];
}

type Labeled = Pick<PageState, "task" | "marks" | "suggestions">;

/** What is suggested for an image and undecided. */
export const suggestedFor = ({ marks, suggestions }: Labeled, id: string): Suggested | undefined =>
  marks[id] ? undefined : suggestions[id];

/** What is submitted for an image: what it was given, or else what is surely suggested. */
export function markOf(page: Labeled, id: string): Mark | undefined {
  const mark = page.marks[id];
  if (isGiven(mark)) return mark;
  const open = suggestedFor(page, id);
  return open && page.task.foreseen(open);
}

export const suggested = (page: PageState): readonly string[] => page.ids.filter((id) => suggestedFor(page, id));
export const unlabeled = (page: PageState): readonly string[] => page.ids.filter((id) => !markOf(page, id));

/** What a label or a skip applies to: the image that fills the window, or else the selection, or else the focused image. */
export function targets(page: PageState): readonly string[] {
  if (page.selected.size > 0 && !page.isLarge) return page.ids.filter((id) => page.selected.has(id));
  const focused = page.ids[page.focus];
  return focused === undefined ? [] : [focused];
}

/** Images whose suggestions can be accepted. */
export const acceptableIn = (page: PageState, isRest: boolean): readonly string[] =>
  suggested(page).filter((id) => page.task.accepted(page.suggestions[id] ?? [], isRest));

/** What is accepted next: what is at least as likely right as wrong; where nothing of that is left, the rest, but never at
 *  the first press. */
export function acceptable(page: PageState): { ids: readonly string[]; isRest: boolean; canAccept: boolean } {
  const [likely, all] = [acceptableIn(page, false), acceptableIn(page, true)];
  const isRest = likely.length === 0 && page.acceptsRest;
  return { ids: isRest ? all : likely, isRest, canAccept: all.length > 0 };
}

/** The label that an image gets by one press. */
export const turnsTo = (page: Labeled, id: string): number | undefined =>
  page.task.turned(markOf(page, id), page.suggestions[id] ?? []);

/** What a page says to the server: every image exactly once. Null: it is not complete. */
export const toSubmission = (page: PageState): SubmissionBody | null =>
  submissionOf(page.ids, Object.fromEntries(page.ids.map((id) => [id, markOf(page, id) ?? { kind: "none" }])));

/** How many images of the page have each label. */
export function countLabels(page: PageState): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const label of page.ids.flatMap((id) => labelsOf(markOf(page, id)))) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** What of the images that a label would go to has it; undefined: a label there takes the place of another. */
export type Chosen = Readonly<{ labels: ReadonlyMap<number, Part>; none: Part }>;
/** All of them, or some. */
export type Part = boolean | "mixed";

export function chosenOf(page: PageState): Chosen | undefined {
  if (page.task.isOneLabel) return undefined;
  const marks = targets(page).map((id) => markOf(page, id));
  const partOf = (count: number): Part => (count === 0 ? false : count === marks.length || "mixed");
  const counts = new Map<number, number>();
  for (const label of marks.flatMap(labelsOf)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = new Map([...counts].map(([label, count]) => [label, partOf(count)]));
  return { labels, none: partOf(marks.filter(isEmpty).length) };
}

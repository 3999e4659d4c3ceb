/** The state of one page of images while it is labeled. Pure: what is pressed goes in, the next state comes out. */

import { submissionOf, type SubmissionBody } from "../outbox/submission";
import { isGiven, labelsOf, tag, type Mark, type Marks } from "../tasks/marks";
import type { Suggested, TaskType } from "../tasks/task";
import type { Suggestions } from "./suggestions";

/** What undo brings back. */
interface Moment {
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
  /** What is likely was accepted, or nothing was: what is accepted next is the rest. */
  readonly acceptsRest: boolean;
  readonly past: readonly Moment[];
  readonly undone: readonly Moment[];
}

export type PageChange =
  | { type: "open"; leaseId: string; ids: readonly string[]; marks: Marks; suggestions: Suggestions }
  | { type: "click"; index: number; extend: boolean }
  | { type: "move"; to: number; extend: boolean }
  | { type: "next" }
  | { type: "toggle" }
  | { type: "select"; ids: readonly string[] }
  | { type: "selectAll" }
  | { type: "selectNone" }
  | { type: "enlarge"; index: number }
  | { type: "shrink" }
  | { type: "label"; label: number }
  | { type: "labelRest"; label: number }
  | { type: "skip"; reason: string }
  | { type: "accept" }
  | { type: "turn"; index?: number }
  | { type: "clear" }
  | { type: "undo" }
  | { type: "redo" };

const NOBODY: ReadonlySet<string> = new Set();

const NOTHING: Suggestions = {};

export function openPage(
  task: TaskType,
  leaseId: string,
  ids: readonly string[],
  marks: Marks = {},
  suggestions = NOTHING,
  isLarge = false,
): PageState {
  const known = Object.fromEntries(Object.entries(marks).filter(([id]) => ids.includes(id)));
  const page = {
    task,
    leaseId,
    ids,
    suggestions,
    marks: known,
    selected: NOBODY,
    focus: 0,
    anchor: 0,
    isLarge,
    acceptsRest: false,
    past: [],
    undone: [],
  };
  const first = Math.max(
    ids.findIndex((id) => !markOf(page, id)),
    0,
  );
  return { ...page, focus: first, anchor: first };
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

export function reduce(page: PageState, action: PageChange): PageState {
  switch (action.type) {
    case "open":
      return openPage(page.task, action.leaseId, action.ids, action.marks, action.suggestions, page.isLarge);
    case "click":
      return action.extend ? extendTo(page, action.index) : toggle({ ...page, focus: action.index });
    case "move":
      return move(page, action.to, action.extend);
    case "next":
      return move(page, nextUnlabeled(page, page.marks, page.focus), false);
    case "toggle":
      return toggle(page);
    case "select":
      return select(page, action.ids);
    case "selectAll":
      return { ...page, selected: new Set(page.ids) };
    case "selectNone":
      return { ...page, selected: NOBODY };
    case "enlarge":
      return { ...page, focus: action.index, anchor: action.index, isLarge: true };
    case "shrink":
      return { ...page, isLarge: false };
    case "label":
      return press(page, targets(page), action.label);
    case "labelRest":
      return press(page, unlabeled(page), action.label);
    case "skip":
      return goOn(page, targets(page).map((id) => [id, { kind: "skip", reason: action.reason }]));
    case "accept":
      return accept(page);
    case "turn":
      return action.index === undefined ? turn(page, targets(page), page.focus) : turnOne(page, action.index);
    case "clear":
      return clear(page);
    case "undo":
      return undo(page);
    case "redo":
      return redo(page);
  }
}

function toggle(page: PageState): PageState {
  const id = page.ids[page.focus];
  if (id === undefined) return page;
  const selected = new Set(page.selected);
  if (!selected.delete(id)) selected.add(id);
  return { ...page, selected, anchor: page.focus };
}

function select(page: PageState, ids: readonly string[]): PageState {
  const selected = new Set(ids);
  const first = page.ids.findIndex((id) => selected.has(id));
  const focus = first < 0 ? page.focus : first;
  return { ...page, selected, focus, anchor: focus };
}

function extendTo(page: PageState, index: number): PageState {
  const [from, to] = [Math.min(page.anchor, index), Math.max(page.anchor, index)];
  return { ...page, focus: index, selected: new Set(page.ids.slice(from, to + 1)) };
}

function move(page: PageState, to: number, extend: boolean): PageState {
  const focus = Math.min(Math.max(to, 0), page.ids.length - 1);
  return extend ? extendTo(page, focus) : { ...page, focus, anchor: focus };
}

const momentOf = ({ marks, selected, focus }: PageState): Moment => ({ marks, selected, focus });

/** A change that can be undone. */
const changed = (page: PageState, marks: Marks): PageState => ({
  ...page,
  marks,
  past: [...page.past, momentOf(page)],
  undone: [],
});

/** undefined: it has nothing from then on, nor what was suggested. */
type Given = readonly (readonly [id: string, mark: Mark | undefined])[];

function marked({ marks, suggestions }: PageState, given: Given): Marks {
  const now = given.map(([id, mark]) => [id, mark ?? (suggestions[id] && { kind: "none" })] as const);
  return Object.fromEntries(Object.entries({ ...marks, ...Object.fromEntries(now) }).filter(([, mark]) => mark)) as Marks;
}

function press(page: PageState, ids: readonly string[], label: number): PageState {
  const marks = page.task.pressed(
    ids.map((id) => markOf(page, id)),
    label,
  );
  return goOn(
    page,
    ids.map((id, place) => [id, marks[place]]),
  );
}

/** Marks images that are done with then. */
function goOn(page: PageState, given: Given): PageState {
  const last = given.at(-1);
  if (!last) return page;
  const marks = marked(page, given);
  const focus = nextUnlabeled(page, marks, page.ids.indexOf(last[0]));
  const selected = page.isLarge ? page.selected : NOBODY;
  return { ...changed(page, marks), selected, focus, anchor: focus };
}

function nextUnlabeled(page: PageState, marks: Marks, from: number): number {
  const { ids } = page;
  for (let step = 1; step <= ids.length; step += 1) {
    const index = (from + step) % ids.length;
    if (!markOf({ ...page, marks }, ids[index] ?? "")) return index;
  }
  return from;
}

/** Images whose suggestions can be accepted. */
const acceptableIn = (page: PageState, isRest: boolean): readonly string[] =>
  suggested(page).filter((id) => page.task.accepted(page.suggestions[id] ?? [], isRest));

/** What is accepted next: what is at least as likely right as wrong; where nothing of that is left, the rest, but never at
 *  the first press. */
export function acceptable(page: PageState): { ids: readonly string[]; isRest: boolean } {
  const likely = acceptableIn(page, false);
  if (likely.length > 0 || !page.acceptsRest) return { ids: likely, isRest: false };
  return { ids: acceptableIn(page, true), isRest: true };
}

/** Makes labels of what is suggested: of the page, or of the image that fills the window. */
function accept(page: PageState): PageState {
  const focused = page.ids[page.focus];
  const { ids, isRest } = page.isLarge
    ? { ids: acceptableIn(page, true).filter((id) => id === focused), isRest: true }
    : acceptable(page);
  if (ids.length === 0) return page.isLarge || suggested(page).length === 0 ? page : { ...page, acceptsRest: true };
  const marks = marked(
    page,
    ids.map((id) => [id, page.task.accepted(page.suggestions[id] ?? [], isRest)]),
  );
  const isDone = markOf({ ...page, marks }, page.ids[page.focus] ?? "");
  const focus = isDone ? nextUnlabeled(page, marks, page.focus) : page.focus;
  return { ...changed(page, marks), focus, anchor: focus, acceptsRest: page.acceptsRest || !page.isLarge };
}

/** The label that an image gets by one press. */
export const turnsTo = (page: Labeled, id: string): number | undefined =>
  page.task.turned(markOf(page, id), page.suggestions[id] ?? []);

function turn(page: PageState, ids: readonly string[], focus: number): PageState {
  const turned = ids.flatMap((id) => {
    const label = turnsTo(page, id);
    return label === undefined ? [] : [[id, tag([label])] as const];
  });
  if (turned.length === 0) return page;
  const selected = page.isLarge ? page.selected : NOBODY;
  return { ...changed(page, marked(page, turned)), selected, focus, anchor: focus };
}

const turnOne = (page: PageState, index: number): PageState => turn(page, page.ids.slice(index, index + 1), index);

/** Takes off labels, and what is suggested: an image that was suggested to be something is nothing from then on. */
function clear(page: PageState): PageState {
  const cleared = targets(page).filter((id) => markOf(page, id) ?? suggestedFor(page, id));
  return cleared.length === 0 ? page : changed(page, marked(page, cleared.map((id) => [id, undefined])));
}

function undo(page: PageState): PageState {
  const moment = page.past.at(-1);
  if (!moment) return page;
  const undone = [...page.undone, momentOf(page)];
  return { ...page, ...moment, anchor: moment.focus, past: page.past.slice(0, -1), undone };
}

function redo(page: PageState): PageState {
  const moment = page.undone.at(-1);
  if (!moment) return page;
  const past = [...page.past, momentOf(page)];
  return { ...page, ...moment, anchor: moment.focus, past, undone: page.undone.slice(0, -1) };
}

/** What a page says to the server: every image exactly once. Null: it is not complete. */
export const toSubmission = (page: PageState): SubmissionBody | null =>
  submissionOf(page.ids, Object.fromEntries(page.ids.map((id) => [id, markOf(page, id) ?? { kind: "none" }])));

/** How many images of the page have each label. */
export function countLabels(page: PageState): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const label of page.ids.flatMap((id) => labelsOf(markOf(page, id)))) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

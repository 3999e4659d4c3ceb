/** The state of one page of images while it is labeled. Pure: what is pressed goes in, the next state comes out. */

import { isGiven, type Mark, type Marks, type SubmissionBody } from "../outbox/submission";
import type { Suggestion, Suggestions } from "./suggestions";

/** What undo brings back. */
interface Moment {
  readonly marks: Marks;
  readonly selected: ReadonlySet<string>;
  readonly focus: number;
}

export interface PageState extends Moment {
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
  leaseId: string,
  ids: readonly string[],
  marks: Marks = {},
  suggestions = NOTHING,
  isLarge = false,
): PageState {
  const known = Object.fromEntries(Object.entries(marks).filter(([id]) => ids.includes(id)));
  const page = {
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

type Labeled = Pick<PageState, "marks" | "suggestions">;

/** What is shown as a suggestion: nobody has decided on it. */
export const suggestionOf = ({ marks, suggestions }: Labeled, id: string): Suggestion | undefined =>
  marks[id] ? undefined : suggestions[id];

/** What is submitted for an image: what it was given, or else what is surely suggested. */
export function markOf(page: Labeled, id: string): Mark | undefined {
  const mark = page.marks[id];
  if (isGiven(mark)) return mark;
  const suggestion = suggestionOf(page, id);
  return suggestion?.sure ? { kind: "tag", label: suggestion.label } : undefined;
}

export const suggested = (page: PageState): readonly string[] => page.ids.filter((id) => suggestionOf(page, id));
export const unlabeled = (page: PageState): readonly string[] => page.ids.filter((id) => !markOf(page, id));
export const isComplete = (page: PageState): boolean => unlabeled(page).length === 0;

/** What a label or a skip applies to: the image that fills the window, or else the selection, or else the focused image. */
export function targets(page: PageState): readonly string[] {
  if (page.selected.size > 0 && !page.isLarge) return page.ids.filter((id) => page.selected.has(id));
  const focused = page.ids[page.focus];
  return focused === undefined ? [] : [focused];
}

export function reduce(page: PageState, action: PageChange): PageState {
  switch (action.type) {
    case "open":
      return openPage(action.leaseId, action.ids, action.marks, action.suggestions, page.isLarge);
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
      return mark(page, targets(page), { kind: "tag", label: action.label });
    case "labelRest":
      return mark(page, unlabeled(page), { kind: "tag", label: action.label });
    case "skip":
      return mark(page, targets(page), { kind: "skip", reason: action.reason });
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

function mark(page: PageState, ids: readonly string[], given: Mark): PageState {
  if (ids.length === 0) return page;
  const marks = { ...page.marks };
  for (const id of ids) marks[id] = given;
  const last = page.ids.indexOf(ids.at(-1) ?? "");
  const focus = nextUnlabeled(page, marks, last);
  const selected = page.isLarge ? page.selected : NOBODY;
  return { ...changed(page, marks), selected, focus, anchor: focus };
}

function nextUnlabeled({ ids, suggestions }: PageState, marks: Marks, from: number): number {
  for (let step = 1; step <= ids.length; step += 1) {
    const index = (from + step) % ids.length;
    if (!markOf({ marks, suggestions }, ids[index] ?? "")) return index;
  }
  return from;
}

/** What is accepted next: what is at least as likely right as wrong; where nothing of that is left, the rest, but never at
 *  the first press. */
export function acceptable(page: PageState): readonly string[] {
  const open = suggested(page);
  const likely = open.filter((id) => page.suggestions[id]?.likely);
  return likely.length > 0 || !page.acceptsRest ? likely : open;
}

/** Makes labels of what is suggested: of the page, or of the image that fills the window. */
function accept(page: PageState): PageState {
  const focused = page.ids[page.focus];
  const ids = page.isLarge ? suggested(page).filter((id) => id === focused) : acceptable(page);
  if (ids.length === 0) return page.isLarge || suggested(page).length === 0 ? page : { ...page, acceptsRest: true };
  const marks = { ...page.marks };
  for (const id of ids) {
    const given = page.suggestions[id];
    if (given) marks[id] = { kind: "tag", label: given.label };
  }
  const isDone = markOf({ ...page, marks }, page.ids[page.focus] ?? "");
  const focus = isDone ? nextUnlabeled(page, marks, page.focus) : page.focus;
  return { ...changed(page, marks), focus, anchor: focus, acceptsRest: page.acceptsRest || !page.isLarge };
}

/** The label that an image gets by one press: what is suggested, or where it has that the second, and back. undefined:
 *  nothing is suggested, or somebody has labeled or skipped it otherwise. */
export function turnsTo(page: Labeled, id: string): number | undefined {
  const suggestion = page.suggestions[id];
  const given = markOf(page, id);
  if (!suggestion || given?.kind === "skip") return undefined;
  if (given?.label === suggestion.label) return suggestion.second;
  return !given || given.label === suggestion.second ? suggestion.label : undefined;
}

function turn(page: PageState, ids: readonly string[], focus: number): PageState {
  const turned = ids.flatMap((id) => {
    const label = turnsTo(page, id);
    return label === undefined ? [] : [[id, { kind: "tag", label }] as const];
  });
  if (turned.length === 0) return page;
  const selected = page.isLarge ? page.selected : NOBODY;
  return { ...changed(page, { ...page.marks, ...Object.fromEntries(turned) }), selected, focus, anchor: focus };
}

const turnOne = (page: PageState, index: number): PageState => turn(page, page.ids.slice(index, index + 1), index);

/** Takes off labels, and what is suggested: an image that was suggested to be something is nothing from then on. */
function clear(page: PageState): PageState {
  const cleared = targets(page).filter((id) => markOf(page, id) ?? suggestionOf(page, id));
  if (cleared.length === 0) return page;
  const kept = Object.entries(page.marks).filter(([id]) => !cleared.includes(id));
  const none = cleared.filter((id) => page.suggestions[id]).map((id) => [id, { kind: "none" }]);
  return changed(page, Object.fromEntries([...kept, ...none]) as Marks);
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

/** What a complete page says to the server: every image exactly once. */
export function toSubmission(page: PageState): SubmissionBody {
  const body: SubmissionBody = { labels: {}, skipped: [] };
  for (const id of page.ids) {
    const given = markOf(page, id);
    if (given?.kind === "tag") body.labels[id] = [given.label];
    if (given?.kind === "skip") body.skipped.push(given.reason ? { id, reason: given.reason } : { id });
  }
  return body;
}

/** How many images of the page have each label. */
export function countLabels(page: PageState): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const mark of page.ids.map((id) => markOf(page, id)))
    if (mark?.kind === "tag") counts.set(mark.label, (counts.get(mark.label) ?? 0) + 1);
  return counts;
}

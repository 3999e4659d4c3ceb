/** What becomes of a page of images. Pure: what is pressed goes in, the next state comes out. */

import { isEmpty, tag, type Mark, type Marks } from "../tasks/marks";
import type { TaskType } from "../tasks/task";
import {
  acceptable,
  acceptableIn,
  markOf,
  suggested,
  suggestedFor,
  targets,
  turnsTo,
  unlabeled,
  type Moment,
  type PageState,
} from "./pageState";
import type { Suggestions } from "./suggestions";

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
  /** rivals: labels that an image cannot have beside it. */
  | { type: "label" | "labelRest"; label: number; rivals?: readonly number[] }
  | { type: "none" }
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
    isServed: false,
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
      return choose(page, page.ids);
    case "selectNone":
      return choose(page, []);
    case "enlarge":
      return { ...page, focus: action.index, anchor: action.index, isLarge: true };
    case "shrink":
      return { ...page, isLarge: false };
    case "label":
      return serve(press(page, targets(page), action));
    case "labelRest":
      return press(page, unlabeled(page), action);
    case "none":
      return serve(pressNone(page));
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

const choose = (page: PageState, ids: Iterable<string>): PageState => ({ ...page, selected: new Set(ids), isServed: false });

/** A selection that has been served gives way to another one; it alone is unselected as any. */
function toggle(page: PageState): PageState {
  const id = page.ids[page.focus];
  if (id === undefined) return page;
  const isAlone = page.selected.size === 1 && page.selected.has(id);
  const selected = new Set(page.isServed && !isAlone ? NOBODY : page.selected);
  if (!selected.delete(id)) selected.add(id);
  return { ...choose(page, selected), anchor: page.focus };
}

function select(page: PageState, ids: readonly string[]): PageState {
  const selected = new Set(ids);
  const first = page.ids.findIndex((id) => selected.has(id));
  const focus = first < 0 ? page.focus : first;
  return { ...choose(page, selected), focus, anchor: focus };
}

function extendTo(page: PageState, index: number): PageState {
  const [from, to] = [Math.min(page.anchor, index), Math.max(page.anchor, index)];
  return { ...choose(page, page.ids.slice(from, to + 1)), focus: index };
}

function move(page: PageState, to: number, extend: boolean): PageState {
  const focus = Math.min(Math.max(to, 0), page.ids.length - 1);
  if (extend) return extendTo(page, focus);
  const left = page.isServed && !page.isLarge ? choose(page, []) : page;
  return { ...left, focus, anchor: focus };
}

const momentOf = ({ marks, selected, focus }: PageState): Moment => ({ marks, selected, focus });

/** A change that can be undone. */
const changed = (page: PageState, marks: Marks): PageState => ({
  ...page,
  marks,
  past: [...page.past, momentOf(page)],
  undone: [],
});

type Pressed = Pick<Extract<PageChange, { type: "label" | "labelRest" }>, "label" | "rivals">;
/** undefined: it has nothing from then on, nor what was suggested. */
type Given = readonly (readonly [id: string, mark: Mark | undefined])[];

function marked({ marks, suggestions }: PageState, given: Given): Marks {
  const now = given.map(([id, mark]) => [id, mark ?? (suggestions[id] && { kind: "none" })] as const);
  return Object.fromEntries(Object.entries({ ...marks, ...Object.fromEntries(now) }).filter(([, mark]) => mark)) as Marks;
}

function press(page: PageState, ids: readonly string[], { label, rivals = [] }: Pressed): PageState {
  const marks = page.task.pressed(
    ids.map((id) => markOf(page, id)),
    label,
    rivals,
  );
  const given = ids.map((id, place) => [id, marks[place]] as const);
  return page.task.isOneLabel ? goOn(page, given) : stay(page, given);
}

/** Turns "none of these" on, or off where all of them have it. */
function pressNone(page: PageState): PageState {
  const ids = targets(page);
  const given = ids.every((id) => isEmpty(markOf(page, id))) ? undefined : tag([]);
  return stay(
    page,
    ids.map((id) => [id, given]),
  );
}

const stay = (page: PageState, given: Given): PageState => (given.length === 0 ? page : changed(page, marked(page, given)));

/** The images that were chosen have what they were chosen for, and stay so for more. */
const serve = (page: PageState): PageState => (page.isLarge || page.selected.size === 0 ? page : { ...page, isServed: true });

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
  return { ...page, ...moment, isServed: false, anchor: moment.focus, past: page.past.slice(0, -1), undone };
}

function redo(page: PageState): PageState {
  const moment = page.undone.at(-1);
  if (!moment) return page;
  const past = [...page.past, momentOf(page)];
  return { ...page, ...moment, isServed: false, anchor: moment.focus, past, undone: page.undone.slice(0, -1) };
}

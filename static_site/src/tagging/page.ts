/** The state of one page of images while it is tagged. Pure: what is pressed goes in, the next state comes out. */

export type Mark = { kind: "tag"; label: number } | { kind: "skip"; reason: string };
export type Marks = Readonly<Record<string, Mark>>;

/** What undo brings back. */
interface Moment {
  readonly marks: Marks;
  readonly selected: ReadonlySet<string>;
  readonly focus: number;
}

export interface PageState extends Moment {
  readonly leaseId: string;
  readonly ids: readonly string[];
  /** Where a range began that Shift extends. */
  readonly anchor: number;
  /** Whether the focused image fills the window: what is pressed is then for it alone. */
  readonly isLarge: boolean;
  readonly past: readonly Moment[];
  readonly undone: readonly Moment[];
}

export type Action =
  | { type: "open"; leaseId: string; ids: readonly string[]; marks: Marks }
  | { type: "click"; index: number; extend: boolean }
  | { type: "move"; to: number; extend: boolean }
  | { type: "toggle" }
  | { type: "select"; ids: readonly string[] }
  | { type: "selectAll" }
  | { type: "selectNone" }
  | { type: "enlarge"; index: number }
  | { type: "shrink" }
  | { type: "tag"; label: number }
  | { type: "tagRest"; label: number }
  | { type: "skip"; reason: string }
  | { type: "clear" }
  | { type: "undo" }
  | { type: "redo" };

const NOBODY: ReadonlySet<string> = new Set();

export function openPage(leaseId: string, ids: readonly string[], marks: Marks = {}, isLarge = false): PageState {
  const known = Object.fromEntries(Object.entries(marks).filter(([id]) => ids.includes(id)));
  const first = Math.max(
    ids.findIndex((id) => !known[id]),
    0,
  );
  return {
    leaseId,
    ids,
    marks: known,
    selected: NOBODY,
    focus: first,
    anchor: first,
    isLarge,
    past: [],
    undone: [],
  };
}

export const isComplete = (page: PageState): boolean => page.ids.every((id) => page.marks[id]);
export const untagged = (page: PageState): readonly string[] => page.ids.filter((id) => !page.marks[id]);

/** What a tag or a skip applies to: the image that fills the window, or else the selection, or else the focused image. */
export function targets(page: PageState): readonly string[] {
  if (page.selected.size > 0 && !page.isLarge) return page.ids.filter((id) => page.selected.has(id));
  const focused = page.ids[page.focus];
  return focused === undefined ? [] : [focused];
}

export function reduce(page: PageState, action: Action): PageState {
  switch (action.type) {
    case "open":
      return openPage(action.leaseId, action.ids, action.marks, page.isLarge);
    case "click":
      return action.extend ? extendTo(page, action.index) : toggle({ ...page, focus: action.index });
    case "move":
      return move(page, action.to, action.extend);
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
    case "tag":
      return mark(page, targets(page), { kind: "tag", label: action.label });
    case "tagRest":
      return mark(page, untagged(page), { kind: "tag", label: action.label });
    case "skip":
      return mark(page, targets(page), { kind: "skip", reason: action.reason });
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
  const focus = nextUntagged(page.ids, marks, last);
  const selected = page.isLarge ? page.selected : NOBODY;
  return { ...changed(page, marks), selected, focus, anchor: focus };
}

function nextUntagged(ids: readonly string[], marks: Marks, from: number): number {
  for (let step = 1; step <= ids.length; step += 1) {
    const index = (from + step) % ids.length;
    if (!marks[ids[index] ?? ""]) return index;
  }
  return from;
}

function clear(page: PageState): PageState {
  const cleared = targets(page).filter((id) => page.marks[id]);
  if (cleared.length === 0) return page;
  return changed(page, Object.fromEntries(Object.entries(page.marks).filter(([id]) => !cleared.includes(id))));
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

export interface SubmissionBody {
  labels: Record<string, number[]>;
  skipped: { id: string; reason?: string }[];
}

/** What a complete page says to the server: every image exactly once. */
export function toSubmission(page: PageState): SubmissionBody {
  const body: SubmissionBody = { labels: {}, skipped: [] };
  for (const id of page.ids) {
    const given = page.marks[id];
    if (given?.kind === "tag") body.labels[id] = [given.label];
    if (given?.kind === "skip") body.skipped.push(given.reason ? { id, reason: given.reason } : { id });
  }
  return body;
}

/** How many images of the page have each label. */
export function countTags(page: PageState): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const mark of Object.values(page.marks))
    if (mark.kind === "tag") counts.set(mark.label, (counts.get(mark.label) ?? 0) + 1);
  return counts;
}

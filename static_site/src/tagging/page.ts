/** The state of one page of images while it is tagged. Pure: what is pressed goes in, the next state comes out. */

export type Mark = { kind: "tag"; label: number } | { kind: "skip"; reason: string };
export type Marks = Readonly<Record<string, Mark>>;

export interface PageState {
  readonly leaseId: string;
  readonly ids: readonly string[];
  readonly marks: Marks;
  readonly selected: ReadonlySet<string>;
  readonly focus: number;
  /** Where a range began that Shift extends. */
  readonly anchor: number;
  readonly past: readonly Marks[];
}

export type Action =
  | { type: "open"; leaseId: string; ids: readonly string[]; marks: Marks }
  | { type: "click"; index: number; extend: boolean }
  | { type: "move"; to: number; extend: boolean }
  | { type: "toggle" }
  | { type: "selectAll" }
  | { type: "selectNone" }
  | { type: "tag"; label: number }
  | { type: "tagRest"; label: number }
  | { type: "skip"; reason: string }
  | { type: "clear" }
  | { type: "undo" };

const NOBODY: ReadonlySet<string> = new Set();

export function openPage(leaseId: string, ids: readonly string[], marks: Marks = {}): PageState {
  const known = Object.fromEntries(Object.entries(marks).filter(([id]) => ids.includes(id)));
  const first = ids.findIndex((id) => !known[id]);
  return {
    leaseId,
    ids,
    marks: known,
    selected: NOBODY,
    focus: Math.max(first, 0),
    anchor: Math.max(first, 0),
    past: [],
  };
}

export const isComplete = (page: PageState): boolean => page.ids.every((id) => page.marks[id]);
export const countLeft = (page: PageState): number => page.ids.filter((id) => !page.marks[id]).length;
export const isUntouched = (page: PageState): boolean => Object.keys(page.marks).length === 0;

/** What a tag or a skip applies to: the selection, or else the focused image. */
export function targets(page: PageState): readonly string[] {
  if (page.selected.size > 0) return page.ids.filter((id) => page.selected.has(id));
  const focused = page.ids[page.focus];
  return focused === undefined ? [] : [focused];
}

export function reduce(page: PageState, action: Action): PageState {
  switch (action.type) {
    case "open":
      return openPage(action.leaseId, action.ids, action.marks);
    case "click":
      return action.extend ? extendTo(page, action.index) : toggle({ ...page, focus: action.index });
    case "move":
      return move(page, action.to, action.extend);
    case "toggle":
      return toggle(page);
    case "selectAll":
      return { ...page, selected: new Set(page.ids) };
    case "selectNone":
      return { ...page, selected: NOBODY };
    case "tag":
      return mark(page, targets(page), { kind: "tag", label: action.label });
    case "tagRest":
      return mark(
        page,
        page.ids.filter((id) => !page.marks[id]),
        { kind: "tag", label: action.label },
      );
    case "skip":
      return mark(page, targets(page), { kind: "skip", reason: action.reason });
    case "clear":
      return clear(page);
    case "undo":
      return undo(page);
  }
}

function toggle(page: PageState): PageState {
  const id = page.ids[page.focus];
  if (id === undefined) return page;
  const selected = new Set(page.selected);
  if (!selected.delete(id)) selected.add(id);
  return { ...page, selected, anchor: page.focus };
}

function extendTo(page: PageState, index: number): PageState {
  const [from, to] = [Math.min(page.anchor, index), Math.max(page.anchor, index)];
  return { ...page, focus: index, selected: new Set(page.ids.slice(from, to + 1)) };
}

function move(page: PageState, to: number, extend: boolean): PageState {
  const focus = Math.min(Math.max(to, 0), page.ids.length - 1);
  return extend ? extendTo(page, focus) : { ...page, focus, anchor: focus };
}

function mark(page: PageState, ids: readonly string[], given: Mark): PageState {
  if (ids.length === 0) return page;
  const marks = { ...page.marks };
  for (const id of ids) marks[id] = given;
  const last = page.ids.indexOf(ids.at(-1) ?? "");
  const focus = nextUntagged(page.ids, marks, last);
  return { ...page, marks, selected: NOBODY, focus, anchor: focus, past: [...page.past, page.marks] };
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
  const marks = Object.fromEntries(Object.entries(page.marks).filter(([id]) => !cleared.includes(id)));
  return { ...page, marks, past: [...page.past, page.marks] };
}

function undo(page: PageState): PageState {
  const marks = page.past.at(-1);
  if (!marks) return page;
  const changed = page.ids.findIndex((id) => marks[id] !== page.marks[id]);
  const focus = changed < 0 ? page.focus : changed;
  return { ...page, marks, focus, anchor: focus, selected: NOBODY, past: page.past.slice(0, -1) };
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

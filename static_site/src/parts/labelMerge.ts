import { groupOf, pathOf } from "./labelGroups";
import type { EditedLabel } from "./labelRules";
import type { Draft, Side } from "./threeWay";

/** What was changed here and elsewhere in different ways: a label's name with those of its groups (undefined: removed), or
 *  the order. */
export type LabelClash =
  | { kind: "label"; id: number; base: string; mine: string | undefined; theirs: string | undefined }
  | { kind: "order" };

export type LabelDraft = Draft<EditedLabel[]>;
type Labels = readonly EditedLabel[];

const keyOf = (label: EditedLabel): number | string => label.id ?? label.name.trim();
const byId = (labels: Labels): Map<number, EditedLabel> =>
  new Map(labels.flatMap((label) => (label.id === undefined ? [] : [[label.id, label]])));

/** The first list with what only the other has, each behind the one that stands before it there. */
function woven(first: Labels, other: Labels): EditedLabel[] {
  const list = [...first];
  const there = new Set(first.map(keyOf));
  let at = 0;
  for (const label of other) {
    if (there.has(keyOf(label))) at = list.findIndex((one) => keyOf(one) === keyOf(label)) + 1;
    else list.splice(at++, 0, label);
  }
  return list;
}

/** A list in the order of another; what that one has not stays behind the one that stands before it. */
function ordered(list: Labels, order: Labels): EditedLabel[] {
  const own = byId(list);
  const placed = order.flatMap(({ id }) => (id === undefined ? [] : (own.get(id) ?? [])));
  return woven(placed, list);
}

/** What another list has in common with two more, in its order. */
const common = (list: Labels, one: Map<number, unknown>, other: Map<number, unknown>): string =>
  list.flatMap(({ id }) => (id !== undefined && one.has(id) && other.has(id) ? [id] : [])).join();

/** Edited labels on top of what others have saved meanwhile, label by label. What clashes is as it is here. */
export function mergeLabels(
  { base, mine }: LabelDraft,
  theirs: Labels,
): { labels: EditedLabel[]; clashes: LabelClash[] } {
  const [was, here, there] = [byId(base), byId(mine), byId(theirs)];
  const clashes: LabelClash[] = [];
  const gone = new Set<number>();
  const newer = new Map<number, EditedLabel>();
  for (const [id, label] of was) {
    const [own, other] = [here.get(id), there.get(id)];
    const [base, mine, theirs] = [pathOf(label), own && pathOf(own), other && pathOf(other)];
    if (mine === base) {
      if (other === undefined) gone.add(id);
      else newer.set(id, other);
    } else if (theirs !== base && theirs !== mine) {
      clashes.push({ kind: "label", id, base, mine, theirs });
    }
    if (own === undefined) gone.add(id);
  }
  const orders = { base: common(base, here, there), mine: common(mine, was, there), theirs: common(theirs, was, here) };
  if (orders.mine !== orders.base && orders.theirs !== orders.base && orders.mine !== orders.theirs)
    clashes.push({ kind: "order" });
  // Whose order it is leads; what was added on the other side goes to its place.
  const lists = orders.mine === orders.base ? woven(ordered(mine, theirs), theirs) : woven(mine, theirs);
  const labels = lists.flatMap((label) => {
    if (label.id === undefined) return [label];
    if (gone.has(label.id)) return [];
    // The same object where nothing of it changes: of a list of hundreds only the other rows are drawn again.
    const { id } = label;
    const { name, group } = newer.get(id) ?? label;
    const isSame = name === label.name && groupOf({ name, group }) === groupOf(label);
    return [isSame ? label : { id, name, group }];
  });
  const added = new Set(theirs.filter(({ id }) => id !== undefined && !was.has(id)).map(({ name }) => name));
  return { labels: labels.filter((label) => label.id !== undefined || !added.has(label.name.trim())), clashes };
}

/** The draft after the list was changed here. What clashes goes on clashing until somebody chooses. */
export function editedLabels(draft: LabelDraft, theirs: Labels, list: EditedLabel[]): LabelDraft {
  const { clashes } = mergeLabels(draft, theirs);
  const open = new Set(clashes.flatMap((clash) => (clash.kind === "label" ? clash.id : [])));
  const missing = draft.base.filter(({ id }) => id !== undefined && open.has(id));
  const was = byId(missing);
  const base = woven(theirs, missing).map((label) => (label.id === undefined ? label : (was.get(label.id) ?? label)));
  return { base: clashes.some(({ kind }) => kind === "order") ? ordered(base, draft.base) : base, mine: list };
}

/** The draft after somebody has chosen which version stays. */
export function chosenLabels(draft: LabelDraft, theirs: Labels, clash: LabelClash, side: Side): LabelDraft {
  const { base, mine } = draft;
  if (clash.kind === "order") {
    return { base: ordered(base, theirs), mine: side === "mine" ? mine : ordered(mine, theirs) };
  }
  const settled = theirs.find(({ id }) => id === clash.id);
  const put = (list: EditedLabel[]): EditedLabel[] => {
    const known = byId(list);
    const settledOne = theirs.filter((label) => label === settled || (label.id !== undefined && known.has(label.id)));
    return woven(
      list.flatMap((label) => (label.id !== clash.id ? [label] : (settled ?? []))),
      settled ? settledOne : [],
    );
  };
  if (side === "theirs") return { base: put(base), mine: put(mine) };
  // An id is never given again: what is gone elsewhere and stays here becomes a new label.
  const kept = mine.map((label) => (label.id === clash.id && !settled ? { name: label.name, group: label.group } : label));
  return { base: put(base), mine: kept };
}

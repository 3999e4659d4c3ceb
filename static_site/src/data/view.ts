/** What the Data page shows, as its address says it: so that a view can be bookmarked, sent and gone back to. */

import { MATCHES, type ImageFilter, type LabelsWanted } from "../api/queries/images";
import type { ImageRow, ImageState, Label, NamedLabel, Progress } from "../api/types";
import { groupsOf, isIn } from "../parts/labelGroups";
import { saidInstead } from "./doubts";

export const STATES = [
  "labeled",
  "skipped",
  "disputed",
  "waiting",
  "leased",
  "preparing",
  "unreadable",
  "missing",
] as const satisfies ImageState[];
export const ALL_STATES = "all";
export const SIDE_BY_SIDE = "side-by-side";
const USUAL_STATE = "labeled";

export type Part =
  | "view"
  | "state"
  | "label"
  | "group"
  | "match"
  | "labeler"
  | "name"
  | "changedSinceLabeled"
  | "reviewed"
  | "rejected"
  | "doubted"
  | "suggested";

export interface View {
  sideBySide: boolean;
  filter: ImageFilter;
  /** What the address asks for and what there is not; isTooMuch: it cannot stand beside the rest. */
  unknown: { part: Part; value: string; isTooMuch?: true }[];
}

export type Labelers = Pick<Progress["byLabeler"][number], "userId" | "name">[];

/** Of a project, what an address may name. isOneLabel: an image has one label alone, so that several are not asked for. */
export interface Known {
  labels: readonly Pick<Label, "id" | "name" | "group">[];
  isOneLabel: boolean;
}

/** labelers: undefined while they are not known yet; then everybody is taken for one. */
export function readView(params: URLSearchParams, known: Known, labelers: Labelers | undefined): View {
  const { labels } = known;
  const view: View = { sideBySide: params.get("view") === SIDE_BY_SIDE, filter: {}, unknown: [] };
  const { filter } = view;
  const read = (part: Part, take: (value: string) => boolean) => {
    const value = params.get(part);
    if (value && !take(value)) view.unknown.push({ part, value });
  };
  read("view", (value) => value === SIDE_BY_SIDE);
  filter.state = USUAL_STATE;
  read("state", (value) => {
    const state = STATES.find((one) => one === value);
    if (state) filter.state = state;
    else if (value === ALL_STATES) delete filter.state;
    return state !== undefined || value === ALL_STATES;
  });
  const wanted = readLabels(params, known, view.unknown);
  if (wanted) filter.labels = wanted;
  read("labeler", (value) => {
    filter.labeler = labelerOf(value, labelers) ?? value;
    return labelers === undefined || labelerOf(value, labelers) !== undefined;
  });
  read("name", (value) => {
    filter.name = value;
    return true;
  });
  const readFlag = (part: "changedSinceLabeled" | "rejected" | "doubted") =>
    read(part, (value) => {
      if (value === "true") filter[part] = true;
      return value === "true" || value === "false";
    });
  readFlag("changedSinceLabeled");
  read("reviewed", (value) => {
    if (value === "true" || value === "false") filter.reviewed = value === "true";
    return filter.reviewed !== undefined;
  });
  readFlag("rejected");
  // What was rejected has no label any more.
  if (filter.rejected && !params.has("state")) delete filter.state;
  readFlag("doubted");
  read("suggested", (value) => {
    const label = filter.doubted && labelOf(value, labels);
    if (label) filter.suggested = label.name;
    return label !== undefined;
  });
  return view;
}

/** The labels that are asked for: one is named by each "label" of the address. Puts what there is not to the unknown. */
function readLabels(params: URLSearchParams, known: Known, unknown: View["unknown"]): LabelsWanted | undefined {
  const { isOneLabel } = known;
  const labels: NamedLabel[] = [];
  for (const value of params.getAll("label").filter(Boolean)) {
    const label = labelOf(value, known.labels);
    if (!label) unknown.push({ part: "label", value });
    else if (isOneLabel && labels.length > 0) unknown.push({ part: "label", value, isTooMuch: true });
    else if (!labels.some(({ id }) => id === label.id)) labels.push({ id: label.id, name: label.name });
  }
  const path = params.get("group");
  const isTooMuch = isOneLabel && labels.length > 0;
  const isGroup = path && groupsOf(known.labels).includes(path) && !isTooMuch;
  if (path && !isGroup) unknown.push({ part: "group", value: path, ...(isTooMuch && { isTooMuch }) });
  const asked = params.get("match");
  const match = MATCHES.find((one) => one === asked);
  if (asked && !match) unknown.push({ part: "match", value: asked });
  if (asked && match && match !== "any" && isOneLabel) unknown.push({ part: "match", value: asked, isTooMuch: true });
  if (labels.length === 0 && !isGroup && match !== "none") return undefined;
  const names = known.labels.filter((label) => path && isIn(label, path)).map(({ name }) => name);
  return { match: match ?? "any", labels, ...(isGroup && { group: { path, labels: names } }) };
}

/** An address may name a label by its name, or by its id. */
const labelOf = (value: string, labels: readonly NamedLabel[]): NamedLabel | undefined =>
  labels.find((one) => one.name === value) ?? labels.find((one) => String(one.id) === value);

/** An address may name somebody by the user id, or by the sign-in name. */
const labelerOf = (value: string, labelers: Labelers = []): string | undefined =>
  (
    labelers.find((one) => one.userId === value) ??
    labelers.find((one) => one.name.toLocaleLowerCase() === value.toLocaleLowerCase())
  )?.userId;

export type Parts = Partial<Record<Part, string | readonly string[] | null>>;

/** What an address says without having to: it is so anyway. */
const USUAL: Partial<Record<string, string>> = { state: USUAL_STATE, match: "any" };

/** The address of another view; null takes a part out of it, and of several values each stands there. */
export function withParts(params: URLSearchParams, parts: Parts): URLSearchParams {
  const changed = new URLSearchParams(params);
  for (const [part, value] of Object.entries(parts)) {
    const [first = "", ...others] = typeof value === "string" ? [value] : (value ?? []);
    // Several stand together; one alone stands where it stood.
    if (others.length > 0 || !first || first === USUAL[part]) changed.delete(part);
    if (first && first !== USUAL[part]) changed.set(part, first);
    for (const other of others) changed.append(part, other);
  }
  return changed;
}

/** The address without what there is not. */
export function withoutUnknown(params: URLSearchParams, { unknown }: View): URLSearchParams {
  const changed = new URLSearchParams(params);
  for (const { part, value } of unknown) changed.delete(part, value);
  return changed;
}

/** The address of the whole without filters. */
export const cleared = (params: URLSearchParams): URLSearchParams =>
  withParts(params, {
    state: null,
    label: null,
    group: null,
    match: null,
    labeler: null,
    name: null,
    changedSinceLabeled: null,
    reviewed: null,
    rejected: null,
    doubted: null,
    suggested: null,
  });

/** What is to be reviewed: one of these alone, or whatever there is. */
export const ONLY = ["doubted", "changedSinceLabeled", "unreviewed", "reviewed", "rejected"] as const;

/** "" where none of them is asked for. */
export const askedOnly = (filter: ImageFilter): string =>
  ONLY.find((one) => (one === "unreviewed" ? filter.reviewed === false : filter[one])) ?? "";

/** All but changed images are of one state: rejected ones wait, the others are labeled. */
export const only = (wanted: string): Parts => {
  const when = (one: (typeof ONLY)[number]) => (one === wanted ? "true" : null);
  return {
    doubted: when("doubted"),
    changedSinceLabeled: when("changedSinceLabeled"),
    reviewed: wanted === "unreviewed" ? "false" : when("reviewed"),
    rejected: when("rejected"),
    suggested: null,
    ...(wanted !== "" && wanted !== "changedSinceLabeled" && { state: null }),
  };
};

/** How many filters are set; the labeled images are what is shown without any. */
export const countFilters = ({ filter }: View): number =>
  Object.keys(filter).length -
  (filter.state === USUAL_STATE ? 1 : 0) +
  (filter.state === undefined && !filter.rejected ? 1 : 0);

function hasWanted(row: ImageRow, { match, labels, group }: LabelsWanted): boolean {
  const sets = [...labels.map(({ name }) => [name]), ...(group ? [group.labels] : [])];
  const has = (names: readonly string[]) => names.some((name) => row.labels.includes(name));
  if (match === "all") return sets.every(has);
  if (match === "any") return sets.some(has);
  return row.state === "labeled" && (sets.length > 0 ? !sets.some(has) : row.labels.length === 0);
}

/** Whether an image is among those that a filter lets through, as it stands now. */
export const matches = (row: ImageRow, filter: ImageFilter): boolean =>
  (!filter.state || row.state === filter.state) &&
  (!filter.labels || hasWanted(row, filter.labels)) &&
  (!filter.labeler || row.labeler === filter.labeler) &&
  (!filter.name || row.name.toLocaleLowerCase().includes(filter.name.toLocaleLowerCase())) &&
  (!filter.changedSinceLabeled || row.changedSinceLabeled) &&
  (filter.reviewed === undefined || (row.state === "labeled" && row.reviewed === filter.reviewed)) &&
  (!filter.rejected || row.rejected) &&
  (!filter.doubted || Boolean(row.suggestions)) &&
  (!filter.suggested || saidInstead(row)?.label === filter.suggested);

/** How many images a filter lets through, where the project's figures say it; else null. */
export function expectedCount(filter: ImageFilter, progress: Progress | undefined): number | null {
  if (!progress || filter.name || filter.changedSinceLabeled || filter.doubted || (filter.labels && filter.labeler))
    return null;
  const labeler = filter.labeler ? progress.byLabeler.find((one) => one.userId === filter.labeler) : progress;
  if (filter.rejected) return Object.keys(filter).length === 1 ? progress.returned : null;
  if (filter.reviewed !== undefined) {
    if (filter.state !== USUAL_STATE || filter.labels || !labeler) return null;
    return filter.reviewed ? labeler.reviewed : labeler.labeled - labeler.reviewed;
  }
  if (!filter.state) return filter.labels || filter.labeler ? null : progress.total;
  if (filter.labels) return filter.state === USUAL_STATE ? countOf(filter.labels, progress) : null;
  if (!filter.labeler) return progress[filter.state];
  return filter.state === USUAL_STATE ? (labeler?.labeled ?? null) : null;
}

/** Of one label, or of none; how often several are on one image is told nowhere. */
function countOf({ match, labels, group }: LabelsWanted, { byLabel, empty, labeled }: Progress): number | null {
  if (group || labels.length > 1) return null;
  const [label] = labels;
  if (!label) return empty;
  const count = byLabel.find((one) => one.label === label.name)?.count;
  if (count === undefined) return null;
  return match === "none" ? labeled - count : count;
}

/** The one after or before another, all around; the first, where there was none. */
export function neighbor<T>(all: readonly T[], current: T | undefined, step: 1 | -1): T | undefined {
  const at = all.findIndex((one) => one === current);
  return at < 0 ? all.at(step === 1 ? 0 : -1) : all.at((at + step) % all.length);
}

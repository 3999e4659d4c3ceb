/** What the Data page shows, as its address says it: so that a view can be bookmarked, sent and gone back to. */

import type { ImageFilter } from "../api/queries/images";
import type { ImageRow, ImageState, NamedLabel, Progress } from "../api/types";
import { saidInstead } from "./doubts";

export const STATES = [
  "labeled",
  "skipped",
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
  /** What the address asks for and what there is not. */
  unknown: { part: Part; value: string }[];
}

export type Labelers = Pick<Progress["byLabeler"][number], "userId" | "name">[];

/** labelers: undefined while they are not known yet; then everybody is taken for one. */
export function readView(params: URLSearchParams, labels: readonly NamedLabel[], labelers: Labelers | undefined): View {
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
  read("label", (value) => {
    const label = labelOf(value, labels);
    if (label) filter.label = label.name;
    return label !== undefined;
  });
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

/** An address may name a label by its name, or by its id. */
const labelOf = (value: string, labels: readonly NamedLabel[]): NamedLabel | undefined =>
  labels.find((one) => one.name === value) ?? labels.find((one) => String(one.id) === value);

/** An address may name somebody by the user id, or by the sign-in name. */
const labelerOf = (value: string, labelers: Labelers = []): string | undefined =>
  (
    labelers.find((one) => one.userId === value) ??
    labelers.find((one) => one.name.toLocaleLowerCase() === value.toLocaleLowerCase())
  )?.userId;

/** The address of another view; null takes a part out of it. */
export function withParts(params: URLSearchParams, parts: Partial<Record<Part, string | null>>): URLSearchParams {
  const changed = new URLSearchParams(params);
  for (const [part, value] of Object.entries(parts)) {
    if (value && !(part === "state" && value === USUAL_STATE)) changed.set(part, value);
    else changed.delete(part);
  }
  return changed;
}

/** The address of the whole without filters. */
export const cleared = (params: URLSearchParams): URLSearchParams =>
  withParts(params, {
    state: null,
    label: null,
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
export const only = (wanted: string): Partial<Record<Part, string | null>> => {
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

/** Whether an image is among those that a filter lets through, as it stands now. */
export const matches = (row: ImageRow, filter: ImageFilter): boolean =>
  (!filter.state || row.state === filter.state) &&
  (!filter.label || row.labels.includes(filter.label)) &&
  (!filter.labeler || row.labeler === filter.labeler) &&
  (!filter.name || row.name.toLocaleLowerCase().includes(filter.name.toLocaleLowerCase())) &&
  (!filter.changedSinceLabeled || row.changedSinceLabeled) &&
  (filter.reviewed === undefined || (row.labels.length > 0 && row.reviewed === filter.reviewed)) &&
  (!filter.rejected || row.rejected) &&
  (!filter.doubted || Boolean(row.suggestions)) &&
  (!filter.suggested || saidInstead(row)?.label === filter.suggested);

/** How many images a filter lets through, where the project's figures say it; else null. */
export function expectedCount(filter: ImageFilter, progress: Progress | undefined): number | null {
  if (!progress || filter.name || filter.changedSinceLabeled || filter.doubted || (filter.label && filter.labeler))
    return null;
  const labeler = filter.labeler ? progress.byLabeler.find((one) => one.userId === filter.labeler) : progress;
  if (filter.rejected) return Object.keys(filter).length === 1 ? progress.returned : null;
  if (filter.reviewed !== undefined) {
    if (filter.state !== USUAL_STATE || filter.label || !labeler) return null;
    return filter.reviewed ? labeler.reviewed : labeler.labeled - labeler.reviewed;
  }
  if (!filter.state) return filter.label || filter.labeler ? null : progress.total;
  if (filter.label)
    return filter.state === USUAL_STATE
      ? (progress.byLabel.find((one) => one.label === filter.label)?.count ?? null)
      : null;
  if (!filter.labeler) return progress[filter.state];
  return filter.state === USUAL_STATE ? (labeler?.labeled ?? null) : null;
}

/** The one after or before another, all around; the first, where there was none. */
export function neighbor<T>(all: readonly T[], current: T | undefined, step: 1 | -1): T | undefined {
  const at = all.findIndex((one) => one === current);
  return at < 0 ? all.at(step === 1 ? 0 : -1) : all.at((at + step) % all.length);
}

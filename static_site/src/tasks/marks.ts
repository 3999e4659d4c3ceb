/** What somebody has made of the images of a page. */

/** labels: ids, in their order; none where the task type allows that ("none of these"). A mark can be submitted as it is:
 *  what is only begun is no mark. */
export type Mark = { kind: "tag"; labels: readonly number[] } | { kind: "skip"; reason: string };
/** What somebody has made of each image. none: what was suggested for it is taken off. */
export type Marks = Readonly<Record<string, Mark | { kind: "none" }>>;

export const isGiven = (mark: Marks[string] | undefined): mark is Mark => mark !== undefined && mark.kind !== "none";

export const tag = (labels: Iterable<number>): Mark => ({
  kind: "tag",
  labels: [...new Set(labels)].sort((one, other) => one - other),
});

export const labelsOf = (mark: Marks[string] | undefined): readonly number[] => (mark?.kind === "tag" ? mark.labels : []);

/** None of the labels: not the same as no mark. */
export const isEmpty = (mark: Marks[string] | undefined): boolean => mark?.kind === "tag" && mark.labels.length === 0;

const areSame = (some: readonly number[], others: readonly number[]): boolean =>
  some.length === others.length && some.every((label) => others.includes(label));

export function isSame(one: Marks[string] | undefined, other: Mark): boolean {
  if (one?.kind === "tag") return other.kind === "tag" && areSame(one.labels, other.labels);
  return one?.kind === "skip" && other.kind === "skip" && one.reason === other.reason;
}

/** As browsers may have kept it: when an image had one label in every project, marks had no list of them. */
export type KeptMark = Marks[string] | { kind: "tag"; label: number };

export const markFrom = (kept: KeptMark): Marks[string] => ("label" in kept ? tag([kept.label]) : kept);

export const marksFrom = (kept: Readonly<Record<string, KeptMark>>): Marks =>
  Object.fromEntries(Object.entries(kept).map(([id, mark]) => [id, markFrom(mark)]));

/** Without labels that the project does not have (any more); undefined = nothing is left of what was chosen. */
export function known(mark: Marks[string], labelIds: readonly number[]): Marks[string] | undefined {
  if (mark.kind !== "tag" || mark.labels.length === 0) return mark;
  const left = mark.labels.filter((label) => labelIds.includes(label));
  return left.length > 0 ? tag(left) : undefined;
}

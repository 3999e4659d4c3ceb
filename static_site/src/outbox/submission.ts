/** What somebody has made of the images of a page, and what of it is submitted. */

export type Mark = { kind: "tag"; label: number } | { kind: "skip"; reason: string };
/** What somebody has made of each image. none: what was suggested for it is taken off. */
export type Marks = Readonly<Record<string, Mark | { kind: "none" }>>;

export const isGiven = (mark: Marks[string] | undefined): mark is Mark => mark !== undefined && mark.kind !== "none";

/** A new label, or a skip, for an image that was submitted before. */
export interface Change {
  imageId: string;
  mark: Mark;
}

export interface SubmissionBody {
  labels: Record<string, number[]>;
  skipped: { id: string; reason?: string }[];
}

/** The marks that a submission was made of. */
export function marksOf(body: SubmissionBody): Marks {
  const labels = Object.entries(body.labels).map(([id, [label]]) => [id, { kind: "tag", label }]);
  const skips = body.skipped.map(({ id, reason = "" }) => [id, { kind: "skip", reason }]);
  return Object.fromEntries([...labels, ...skips]) as Marks;
}

/** The submission of a lease that was labeled in parts. Null: not every image of it is labeled yet. */
export function submissionOf(ids: readonly string[], marks: Marks): SubmissionBody | null {
  const body: SubmissionBody = { labels: {}, skipped: [] };
  for (const id of ids) {
    const mark = marks[id];
    if (!isGiven(mark)) return null;
    if (mark.kind === "tag") body.labels[id] = [mark.label];
    else body.skipped.push(mark.reason ? { id, reason: mark.reason } : { id });
  }
  return body;
}

const isSame = (a: Marks[string] | undefined, b: Mark): boolean =>
  a?.kind === "tag"
    ? b.kind === "tag" && a.label === b.label
    : a?.kind === b.kind && b.kind === "skip" && a.reason === b.reason;

/** What is marked otherwise than before. */
export const changesBetween = (before: Marks, after: Marks): Change[] =>
  Object.entries(after).flatMap(([imageId, mark]) =>
    !isGiven(mark) || isSame(before[imageId], mark) ? [] : [{ imageId, mark }],
  );

import { isGiven, isSame, tag, type Mark, type Marks } from "../tasks/marks";

/** What of the marks of a page is submitted. */

/** A new mark for an image that was submitted before. */
export interface Change {
  imageId: string;
  mark: Mark;
}

export interface SubmissionBody {
  labels: Record<string, number[]>;
  skipped: { id: string; reason?: string }[];
}

/** The marks that a submission was made of. */
export function marksOf(body: SubmissionBody): Record<string, Mark> {
  const marks: Record<string, Mark> = {};
  for (const [id, labels] of Object.entries(body.labels)) marks[id] = tag(labels);
  for (const { id, reason = "" } of body.skipped) marks[id] = { kind: "skip", reason };
  return marks;
}

/** The submission of a lease that was labeled in parts. Null: not every image of it is labeled yet. */
export function submissionOf(ids: readonly string[], marks: Marks): SubmissionBody | null {
  const body: SubmissionBody = { labels: {}, skipped: [] };
  for (const id of ids) {
    const mark = marks[id];
    if (!isGiven(mark)) return null;
    if (mark.kind === "tag") body.labels[id] = [...mark.labels];
    else body.skipped.push(mark.reason ? { id, reason: mark.reason } : { id });
  }
  return body;
}

/** What is marked otherwise than before. */
export const changesBetween = (before: Marks, after: Marks): Change[] =>
  Object.entries(after).flatMap(([imageId, mark]) =>
    !isGiven(mark) || isSame(before[imageId], mark) ? [] : [{ imageId, mark }],
  );

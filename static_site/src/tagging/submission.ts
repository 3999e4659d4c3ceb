import type { Change } from "../outbox/sendings";
import { isGiven, type Mark, type Marks, type SubmissionBody } from "./page";

/** The marks that a submission was made of. */
export function marksOf(body: SubmissionBody): Marks {
  const tags = Object.entries(body.labels).map(([id, [label]]) => [id, { kind: "tag", label }]);
  const skips = body.skipped.map(({ id, reason = "" }) => [id, { kind: "skip", reason }]);
  return Object.fromEntries([...tags, ...skips]) as Marks;
}

/** The submission of a lease that was tagged in parts. Null: not every image of it is tagged yet. */
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

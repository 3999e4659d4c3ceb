import { markFrom, type Mark } from "../tasks/marks";
import type { Change, SubmissionBody } from "./submission";

export type Content =
  | { kind: "page"; leaseId: string; body: SubmissionBody }
  | { kind: "changes"; changes: readonly Change[] };

/** What the service made of it for good, where it is not simply saved. */
export type Refusal =
  /** Others have labeled so many images, or hold them; the rest is saved. */
  | { kind: "stale"; count: number }
  /** Others have labeled all images, or hold them: nothing is saved. */
  | { kind: "over" }
  /** The project is not there for this person: nothing is saved, and it can be sent again. */
  | { kind: "gone" }
  /** An administrator has removed this person from the project: nothing is saved, and it can be sent again. */
  | { kind: "removed" }
  /** The page was submitted before, with other labels for so many images, which stay. */
  | { kind: "twice"; count: number }
  /** The page comes back: so many of its images had labels that the project has no longer, or the words say why. */
  | { kind: "again"; count: number; words: string }
  /** So many images were changed by others, and stay as they are. */
  | { kind: "changed"; count: number }
  | { kind: "refused"; words: string };

/** Something to be sent, in the order of its key. */
export interface Sending {
  key: string;
  projectId: string;
  project: string;
  /** When it was submitted, in this machine's milliseconds. */
  at: number;
  content: Content;
  /** Set once the service has refused it: then it is told until somebody has read it. */
  refusal?: Refusal;
}

/** How many images a submitted page has labeled and skipped. */
export function countsOf({ content }: Sending): { labeled: number; skipped: number } {
  if (content.kind === "changes") return { labeled: 0, skipped: 0 };
  return { labeled: Object.keys(content.body.labels).length, skipped: content.body.skipped.length };
}

/** What a browser has kept of it, as it is written now. */
export const contentFrom = (kept: Content): Content =>
  kept.kind === "page"
    ? kept
    : { kind: "changes", changes: kept.changes.map(({ imageId, mark }) => ({ imageId, mark: markFrom(mark) as Mark })) };

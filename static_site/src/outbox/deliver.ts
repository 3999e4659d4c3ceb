import { api, isProblem, ok, Problem } from "../api/client";
import type { ImageRow, Opinion } from "../api/types";
import { projectQuery } from "../api/queries/projects";
import { meQuery } from "../api/queries/me";
import { askAgain, queryClient } from "../api/queryClient";
import { isSame, tag, type Mark } from "../tasks/marks";
import { saveDraft } from "./drafts";
import { marksOf, type Change } from "./submission";
import type { Refusal, Sending } from "./sendings";

/** A call that outlives its page may be this long: browsers allow 64 KiB to all that are under way. */
const KEEPALIVE_CHARS = 20_000;
/** After so long without an answer a call is made anew. */
const PATIENCE_MS = 45_000;

type Page = Extract<Sending["content"], { kind: "page" }>;

/** Sends something in the name of `user`; what it answers and throws is as Outbox has it. */
export async function deliver(user: string, sending: Sending): Promise<Refusal | null> {
  try {
    if (sending.content.kind === "changes") return await sendChanges(user, sending, sending.content.changes);
    return await sendPage(user, sending, sending.content);
  } catch (error) {
    if (isProblem(error, 401)) void askAgain(meQuery);
    throw error;
  }
}

/** Only a refusal that is for good, and meant for this person, comes through. */
async function forGood(user: string, error: unknown): Promise<Problem> {
  if (!isProblem(error) || error.passing || error.status === 401) throw error;
  await expectSignedIn(user);
  return error;
}

async function expectSignedIn(user: string): Promise<void> {
  const me = await ok(api.GET("/api/me"));
  if (me.userId !== user) throw new Problem(401, {});
}

function submit(projectId: string, { leaseId, body }: Page, signal?: AbortSignal) {
  return api.POST("/api/projects/{project_id}/leases/{lease_id}/submission", {
    params: { path: { project_id: projectId, lease_id: leaseId } },
    body: { labels: body.labels, skipped: body.skipped },
    keepalive: JSON.stringify(body).length < KEEPALIVE_CHARS,
    signal,
  });
}

/** The last thing that a tab does: what it could not send in its turn goes out now, once more at worst. */
export function deliverFarewell(waiting: readonly Sending[]): void {
  for (const { projectId, content } of waiting)
    if (content.kind === "page") submit(projectId, content).catch(() => undefined);
}

async function sendPage(user: string, { projectId }: Sending, page: Page): Promise<Refusal | null> {
  try {
    await ok(submit(projectId, page, AbortSignal.timeout(PATIENCE_MS)));
    return null;
  } catch (error) {
    const problem = await forGood(user, error);
    if (problem.kind === "stale") return { kind: "stale", count: problem.imageIds.length };
    if (problem.kind === "submitted-before") return { kind: "twice", count: problem.imageIds.length };
    if (problem.status === 404) return { kind: (await whyGone(user, projectId, problem)) ?? "over" };
    if (problem.status === 409) return { kind: "over" };
    if (problem.status === 422) return comeBack(user, projectId, page, problem);
    return { kind: "refused", words: problem.message };
  }
}

/** Why something of a project is not there, where the whole project is not there for this person. */
async function whyGone(user: string, projectId: string, found: Problem): Promise<"removed" | "gone" | null> {
  if (found.kind === "no-longer-member") return "removed";
  try {
    await ok(api.GET("/api/projects/{project_id}", { params: { path: { project_id: projectId } } }));
    return null;
  } catch (error) {
    const problem = await forGood(user, error);
    if (problem.kind === "no-longer-member") return "removed";
    return problem.status === 404 ? "gone" : null;
  }
}

/** A page with a label that the project has no longer: its lease goes on, if it can, and its labels are a draft again. */
async function comeBack(user: string, projectId: string, page: Page, problem: Problem): Promise<Refusal> {
  const { leaseId, body } = page;
  const params = { path: { project_id: projectId, lease_id: leaseId } };
  try {
    await ok(api.POST("/api/projects/{project_id}/leases/{lease_id}/renewal", { params }));
  } catch (error) {
    return { kind: (await whyGone(user, projectId, await forGood(user, error))) ?? "over" };
  }
  const { labels } = await queryClient.fetchQuery({ ...projectQuery(projectId), staleTime: 0 });
  const ids = new Set(labels.map((label) => label.id));
  const count = Object.values(body.labels).filter((some) => some.some((label) => !ids.has(label))).length;
  saveDraft(leaseId, marksOf(body));
  return { kind: "again", count, words: problem.message };
}

/** Each image that is still as this person left it gets its new label. */
async function sendChanges(user: string, { projectId }: Sending, changes: readonly Change[]): Promise<Refusal | null> {
  await expectSignedIn(user);
  let changed = 0;
  for (const change of changes) {
    try {
      if (!(await sendChange(user, projectId, change))) changed += 1;
    } catch (error) {
      const problem = await forGood(user, error);
      const isOver = problem.status === 404 || (problem.status === 409 && problem.kind !== "too-often");
      if (!isOver) return { kind: "refused", words: problem.message };
      const gone = problem.status === 404 && (await whyGone(user, projectId, problem));
      if (gone) return { kind: gone };
      changed += 1;
    }
  }
  void askAgain(projectQuery(projectId));
  return changed > 0 ? { kind: "changed", count: changed } : null;
}

/** False: others have labeled it since. */
async function sendChange(user: string, projectId: string, { imageId, mark }: Change): Promise<boolean> {
  const params = { path: { project_id: projectId, image_id: imageId } };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const now = said(user, await ok(api.GET("/api/projects/{project_id}/images/{image_id}", { params, signal })));
  if (now.labeler !== user) return false;
  if (isSo(projectId, mark, now)) return true;
  const body = { ...wanted(mark), labeledAt: now.labeledAt };
  await ok(api.PUT("/api/projects/{project_id}/images/{image_id}/labels", { params, body, signal }));
  return true;
}

type Told = Pick<ImageRow, "state" | "labels" | "labeler" | "labeledAt">;

/** What somebody has said of an image at which others have yet to look, as a labeler is told it: a reviewer who labels is
 *  told how the image itself stands. */
export function said(user: string, image: Told & { opinions: readonly Opinion[] }): Told {
  const own = image.opinions.find(({ userId }) => userId === user);
  if (!own || !["waiting", "leased"].includes(image.state)) return image;
  return { state: own.skipped ? "skipped" : "labeled", labels: own.labels, labeler: user, labeledAt: own.at };
}

const wanted = (mark: Mark) =>
  mark.kind === "tag" ? { labels: [...mark.labels] } : { labels: [], skipped: true, reason: mark.reason || null };

/** Whether an image has these labels already: an earlier call may have arrived without its answer. */
function isSo(projectId: string, mark: Mark, now: Pick<ImageRow, "state" | "labels">): boolean {
  // One without a label may be skipped, or wait.
  if (mark.kind === "skip" || (now.labels.length === 0 && now.state !== "labeled")) return false;
  const labels = queryClient.getQueryData(projectQuery(projectId).queryKey)?.labels ?? [];
  return isSame(tag(now.labels.map((name) => labels.find((one) => one.name === name)?.id ?? NaN)), mark);
}

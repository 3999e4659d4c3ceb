/** What a reviewer does to images, and its undoing. The rows on screen change at once; what the service says then counts. */

import { api, ok } from "../api/client";
import { historyQuery, imagesAbout, mistakesQuery } from "../api/queries/images";
import { progressQuery } from "../api/queries/projects";
import { askAgain } from "../api/queryClient";
import type { ImageRow, Me, Project } from "../api/types";
import { problemText } from "../parts/States";
import { notify, type NoticeIntent } from "../parts/notices";
import { taskOf } from "../tasks";
import { texts } from "../texts";
import { disputeTexts } from "../texts/opinions";
import { saidOf } from "./doubts";
import { forgetOthers, putRows, refreshRows, type Rows } from "./images";
import { isSettled, labelsAfter, type Change as LabelChange, type Labels, type Relabeling } from "./relabeling";
import { askedRow, canAsk, canConfirm, canLabel, canReject, confirmedRow, labeledRow, rejectedRow, skippedRow } from "./rows";

/** Images of one call: some answers a second, so that progress is seen; the service takes up to 1,000. */
export const AT_ONCE = 250;
const MOST_REMEMBERED = 50;

interface Reviewed {
  id: string;
  images: string[];
}

interface Action {
  reviews: Reviewed[];
  /** The rows as they were. */
  before: Rows;
}

export interface Reviewing {
  /** What can be undone, the last at the end. */
  past: readonly Action[];
  underway: { done: number; all: number } | null;
}

/** What is to become of some rows, by one kind of call. */
interface Change {
  rows: readonly ImageRow[];
  become: (row: ImageRow) => ImageRow;
  send: Send;
}

type Seen = { id: string; labeledAt?: string };
/** Sends some images; gives the id of the review, which images it changed, and which it did not. */
type Send = (images: Seen[]) => Promise<{ id: string; changed: string[]; stale: string[] }>;

const LATER = { changed: [], stale: [] };

const seen = ({ id, labeledAt }: ImageRow): Seen => (labeledAt ? { id, labeledAt } : { id });

const byId = (rows: readonly ImageRow[]): Map<string, ImageRow> => new Map(rows.map((row) => [row.id, row]));

/** As many images at a time as one call takes. */
const inPieces = (change: Change): Change[] =>
  Array.from({ length: Math.ceil(change.rows.length / AT_ONCE) }, (_, at) => ({
    ...change,
    rows: change.rows.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  }));

export class Reviews {
  private state: Reviewing = { past: [], underway: null };
  private readonly listeners = new Set<() => void>();
  /** One after the other: what is pressed while something is sent, is sent after it. */
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly projectId: string) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly read = (): Reviewing => this.state;

  private set(changed: Partial<Reviewing>): void {
    this.state = { ...this.state, ...changed };
    for (const listener of this.listeners) listener();
  }

  private then(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work).catch((error: unknown) => {
      this.set({ underway: null });
      notify(problemText(error), "error");
    });
    return this.last;
  }

  reject(rows: readonly ImageRow[], reason: string): Promise<void> {
    const params = { path: { project_id: this.projectId } };
    const send: Send = async (images) => {
      const body = { images, ...(reason && { reason }) };
      const { id, rejected, stale } = await ok(api.POST("/api/projects/{project_id}/rejections", { params, body }));
      return { id, changed: rejected, stale };
    };
    return this.act([{ rows: rows.filter(canReject), become: rejectedRow, send }], rows.length, texts.data.rejected);
  }

  relabel(rows: readonly ImageRow[], asked: Relabeling, known: Labels, me: Me): Promise<void> {
    const others = rows.filter((row) => !isSettled(row, asked, known));
    const already = rows.length - others.length;
    const names = asked.labels.map(({ name }) => name).join(", ");
    const said = (done: number, stale: number, left: number) =>
      texts.data.corrected(asked.change, names, done, stale, left, already);
    return this.act([this.correction(others.filter(canLabel), asked, known, me)], others.length, said);
  }

  /** Says that the labels are right. */
  confirm(rows: readonly ImageRow[]): Promise<void> {
    const others = rows.filter((row) => !row.reviewed);
    const already = rows.length - others.length;
    const params = { path: { project_id: this.projectId } };
    const send: Send = async (images) => {
      const answer = await ok(api.POST("/api/projects/{project_id}/confirmations", { params, body: { images } }));
      return { id: answer.id, changed: answer.confirmed, stale: [...answer.unchanged, ...answer.stale] };
    };
    const said = (done: number, stale: number, left: number) => texts.data.confirmed(done, stale, left, already);
    return this.act([{ rows: others.filter(canConfirm), become: confirmedRow, send }], others.length, said);
  }

  /** Asks for one more opinion. */
  ask(rows: readonly ImageRow[]): Promise<void> {
    const params = { path: { project_id: this.projectId } };
    const send: Send = async (images) => {
      const answer = await ok(api.POST("/api/projects/{project_id}/opinions", { params, body: { images } }));
      // Only what is asked for by a filter is done later.
      return { id: answer.id, ...("asked" in answer ? { changed: answer.asked, stale: answer.stale } : LATER) };
    };
    return this.act([{ rows: rows.filter(canAsk), become: askedRow, send }], rows.length, disputeTexts.asked);
  }

  /** Gives each image the label that the model says instead of its own. */
  takeSuggested(rows: readonly ImageRow[], project: Project, me: Me): Promise<void> {
    const alike = new Map<string, ImageRow[]>();
    for (const row of rows) {
      const said = saidOf(row, taskOf(project));
      if (said) alike.set(said.join("\n"), [...(alike.get(said.join("\n")) ?? []), row]);
    }
    const changes = [...alike].map(([said, some]) => {
      const labels = project.labels.filter(({ name }) => said.split("\n").includes(name));
      return this.correction(some, { change: "set", labels }, project, me);
    });
    return this.act(changes, rows.length, texts.data.taken);
  }

  /** Says that there is nothing to be said of them, as somebody did before. */
  skip(rows: readonly ImageRow[], reason: string | undefined, me: Me): Promise<void> {
    const send = this.correcting({ labels: [], skipped: true, ...(reason && { reason }) });
    const change = { rows: rows.filter(canLabel), become: (row: ImageRow) => skippedRow(row, me), send };
    return this.act([change], rows.length, disputeTexts.skipped);
  }

  private correction(rows: readonly ImageRow[], asked: Relabeling, known: Labels, me: Me): Change {
    const send = this.correcting({ labels: asked.labels.map(({ id }) => id), change: asked.change });
    return { rows, become: (row) => labeledRow(row, labelsAfter(row.labels, asked, known), me), send };
  }

  private correcting(said: { labels: number[]; change?: LabelChange; skipped?: true; reason?: string }): Send {
    const params = { path: { project_id: this.projectId } };
    return async (images) => {
      const body = { images, ...said };
      const answer = await ok(api.POST("/api/projects/{project_id}/corrections", { params, body }));
      // Who has labeled an image so meanwhile has labeled it again.
      return { id: answer.id, changed: answer.corrected, stale: [...answer.unchanged, ...answer.stale] };
    };
  }

  private act(
    changes: readonly Change[],
    asked: number,
    say: (done: number, stale: number, left: number) => string,
  ): Promise<void> {
    const rows = changes.flatMap((change) => change.rows);
    const left = asked - rows.length;
    if (rows.length === 0) {
      this.say(say(0, 0, left), "info");
      return Promise.resolve();
    }
    const shown = putRows(this.projectId, byId(changes.flatMap((change) => change.rows.map(change.become))));
    return this.then(async () => {
      await shown;
      const done = await this.send(changes.flatMap(inPieces), rows.length);
      const count = done.reviews.reduce((sum, one) => sum + one.images.length, 0);
      if (count > 0) this.remember({ reviews: done.reviews, before: byId(rows) });
      const words = say(count, done.stale.length, left);
      if (done.error) this.say(texts.data.cutOff(words, done.left, problemText(done.error)), "error", count > 0);
      else if (count > 0) this.say(words, done.stale.length > 0 ? "info" : "success", true);
      else this.say(words, "info");
      await this.settle(rows, done.stale);
    });
  }

  /** Sends piece after piece. Rows of which the service says otherwise, or nothing, are shown as they were. */
  private async send(pieces: readonly Change[], all: number) {
    const reviews: Reviewed[] = [];
    const stale: string[] = [];
    let error: unknown = null;
    let done = 0;
    for (const [at, { rows, become, send }] of pieces.entries()) {
      if (all > AT_ONCE) this.set({ underway: { done, all } });
      try {
        const answer = await send(rows.map(seen));
        const changed = new Set(answer.changed);
        reviews.push({ id: answer.id, images: answer.changed });
        stale.push(...answer.stale);
        await putRows(this.projectId, byId(rows.map((row) => (changed.has(row.id) ? become(row) : row))));
        done += rows.length;
      } catch (failure) {
        error = failure;
        await putRows(this.projectId, byId(pieces.slice(at).flatMap((piece) => piece.rows)));
        break;
      }
    }
    this.set({ underway: null });
    return { reviews: reviews.filter((one) => one.images.length > 0), stale, left: all - done, error };
  }

  private remember(action: Action): void {
    this.set({ past: [...this.state.past, action].slice(-MOST_REMEMBERED) });
  }

  /** Says what was done, in the place of what was said before: there is one thing to be undone next. */
  private say(text: string, intent: NoticeIntent, canUndo = false): void {
    const action = { text: texts.data.undoThis, run: () => void this.undo() };
    notify(text, intent, { subject: "review", ...(canUndo && { action }) });
  }

  undo(): Promise<void> {
    return this.then(async () => {
      const action = this.state.past.at(-1);
      if (!action) return this.say(texts.data.nothingToUndo, "info");
      const restored: string[] = [];
      const stale: string[] = [];
      for (const [at, review] of action.reviews.entries()) {
        const answer = await this.sendUndo(review);
        // What is undone is not tried again, should the rest fail.
        const left = action.reviews.slice(at + 1);
        this.set({ past: [...this.state.past.slice(0, -1), ...(left.length > 0 ? [{ ...action, reviews: left }] : [])] });
        await putRows(this.projectId, byId(answer.restored.flatMap((id) => action.before.get(id) ?? [])));
        restored.push(...answer.restored);
        stale.push(...answer.stale);
      }
      this.say(texts.data.undone(restored.length, stale.length), stale.length > 0 ? "info" : "success");
      await this.settle([...action.before.values()], stale);
    });
  }

  private sendUndo(review: Reviewed) {
    const path = { project_id: this.projectId, review_id: review.id };
    const body = { images: review.images };
    return ok(api.POST("/api/projects/{project_id}/reviews/{review_id}/undo", { params: { path }, body }));
  }

  /** What else on the page tells of these images. */
  private async settle(rows: readonly ImageRow[], stale: readonly string[]): Promise<void> {
    forgetOthers(this.projectId);
    const histories =
      rows.length > AT_ONCE ? [imagesAbout(this.projectId)] : rows.map(({ id }) => historyQuery(this.projectId, id));
    void askAgain(progressQuery(this.projectId), mistakesQuery(this.projectId), ...histories);
    if (stale.length > 0) await refreshRows(this.projectId, stale);
  }
}

const ofProjects = new Map<string, Reviews>();

/** What is undone may have been done before one went to another page and came back. */
export function reviewsOf(projectId: string): Reviews {
  let reviews = ofProjects.get(projectId);
  if (!reviews) ofProjects.set(projectId, (reviews = new Reviews(projectId)));
  return reviews;
}

import type { Lease } from "../api/types";
import type { Marks } from "../tasks/marks";

/** A page that was submitted in this sitting: since this tab was opened. */
export interface PastPage {
  lease: Lease;
  marks: Marks;
}

const MOST = 50;
const sittings = new Map<string, readonly PastPage[]>();

/** Of one person in one project, newest first. */
export const pastPages = (user: string, projectId: string): readonly PastPage[] =>
  sittings.get(`${user} ${projectId}`) ?? [];

function change(user: string, projectId: string, by: (pages: readonly PastPage[]) => readonly PastPage[]): void {
  sittings.set(`${user} ${projectId}`, by(pastPages(user, projectId)).slice(0, MOST));
}

export const addPast = (user: string, projectId: string, page: PastPage): void =>
  change(user, projectId, (pages) => [page, ...pages.filter(({ lease }) => lease.id !== page.lease.id)]);

export const amendPast = (user: string, projectId: string, leaseId: string, marks: Marks): void =>
  change(user, projectId, (pages) => pages.map((one) => (one.lease.id === leaseId ? { ...one, marks } : one)));

/** A page that came back is none of the past. */
export const removePast = (user: string, projectId: string, leaseId: string): void =>
  change(user, projectId, (pages) => pages.filter(({ lease }) => lease.id !== leaseId));

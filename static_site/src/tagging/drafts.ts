import type { Marks } from "./page";

/** Tags that are not submitted yet, by lease, so that a reload or a new sign-in loses none. */
const keyOf = (leaseId: string): string => `draft:${leaseId}`;

export function loadDraft(leaseId: string, labelIds: readonly number[]): Marks {
  try {
    const stored = JSON.parse(sessionStorage.getItem(keyOf(leaseId)) ?? "{}") as Marks;
    return Object.fromEntries(
      Object.entries(stored).filter(([, mark]) => mark.kind === "skip" || labelIds.includes(mark.label)),
    );
  } catch {
    return {};
  }
}

export function saveDraft(leaseId: string, marks: Marks): void {
  sessionStorage.setItem(keyOf(leaseId), JSON.stringify(marks));
}

export function dropDraft(leaseId: string): void {
  sessionStorage.removeItem(keyOf(leaseId));
}

export const hasDraft = (leaseId: string): boolean => (sessionStorage.getItem(keyOf(leaseId)) ?? "{}") !== "{}";

import type { Lease } from "../api/types";
import { draftOf, dropDraft, partId, saveDraft } from "../outbox/drafts";
import { isGiven } from "../tasks/marks";

/** The pages that show a lease with so many images at most on each. */
export function divide(lease: Lease, count: number): Lease[] {
  if (lease.images.length <= count) return [lease];
  const pages = [];
  for (let from = 0; from < lease.images.length; from += count)
    pages.push({ ...lease, id: partId(lease.id, from), images: lease.images.slice(from, from + count) });
  return pages;
}

/** The first page of a lease that is not all labeled. Its labels are kept, however it was divided before. */
export function openPage(lease: Lease, count: number): Lease {
  const marks = draftOf(lease.id);
  dropDraft(lease.id);
  const pages = divide(lease, count);
  for (const page of pages)
    saveDraft(page.id, Object.fromEntries(Object.entries(marks).filter(([id]) => page.images.some((one) => one.id === id))));
  return pages.find((page) => page.images.some((image) => !isGiven(marks[image.id]))) ?? pages[0] ?? lease;
}

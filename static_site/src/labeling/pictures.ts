import type { Lease } from "../api/types";
import { pictureUrl } from "./layout";

/** The pictures of so many leases are held ready: on screen, ahead, and those that may be gone back to. */
const MOST = 24;
/** Pictures that a page refers to are shown again without being asked for, whatever the network does. */
const held = new Map<string, readonly HTMLImageElement[]>();

/** Whether a picture is there without being asked for. */
export function isReady(url: string): boolean {
  const picture = new Image();
  picture.src = url;
  return picture.complete && picture.naturalWidth > 0;
}

/** Loads and decodes the pictures of a lease before they are shown. */
export function holdReady(lease: Lease, count: number, isAhead: boolean): void {
  const shown = lease.images.slice(0, count);
  const pictures = lease.images.map((image) => {
    const picture = new Image();
    // What is on screen comes first.
    picture.fetchPriority = isAhead ? "low" : "auto";
    picture.src = pictureUrl(image, shown);
    picture.decode().catch(() => undefined);
    return picture;
  });
  held.delete(lease.id);
  held.set(lease.id, pictures);
  for (const leaseId of [...held.keys()].slice(0, -MOST)) held.delete(leaseId);
}

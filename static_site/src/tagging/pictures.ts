import type { Lease } from "../api/types";
import { pictureUrl } from "./layout";

/** As many leases' pictures are held ready: on screen, ahead, and the ones just submitted. */
const MOST = 4;
/** Pictures that a page refers to are shown again without being asked for, whatever the network does. */
const held = new Map<string, readonly HTMLImageElement[]>();

/** Loads and decodes the pictures of a lease before they are shown. */
export function holdReady(lease: Lease, count: number, isAhead: boolean): void {
  const shown = Math.min(lease.images.length, count);
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

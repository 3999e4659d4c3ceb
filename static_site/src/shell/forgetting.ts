import { isToBeSent } from "../outbox/outbox";
import { browserStore, type BrowserStore } from "../parts/browserStore";

/** How the site looks in this browser, whoever is signed in. */
const LOOKS = ["theme", "tiles", "layout"];

/** Takes from the browser what it keeps of whoever signs out: drafts, labels, what they opened. What they have submitted and
 *  is not sent yet, or was refused and is not read, stays: it goes on when they sign in again. */
export function forgetPerson(store: Pick<BrowserStore, "keys" | "remove"> = browserStore): void {
  for (const key of store.keys("")) if (!LOOKS.includes(key) && !isToBeSent(key)) store.remove(key);
}

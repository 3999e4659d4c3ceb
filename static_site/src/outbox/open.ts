import { useEffect, useSyncExternalStore } from "react";
import { progressQuery } from "../api/queries/projects";
import { askAgain } from "../api/queryClient";
import { browserStore } from "../parts/browserStore";
import { deliver, deliverFarewell } from "./deliver";
import { isOfOutbox, Outbox, type OutboxView } from "./outbox";

const outboxes = new Map<string, Outbox>();

async function alone(run: () => Promise<void>): Promise<void> {
  // Only pages that came over an insecure network lack the locks. Then two tabs may send the same, which counts once.
  await ("locks" in navigator ? navigator.locks.request("outbox", run) : run());
}

/** What this person has yet to send: one for all pages of the site. */
export function outboxOf(user: string): Outbox {
  const known = outboxes.get(user);
  if (known) return known;
  const made = new Outbox({ user, store: browserStore, deliver: (sending) => deliver(user, sending), alone });
  outboxes.set(user, made);
  return made;
}

/** Sends what this person has submitted as long as the page is open, whichever page it is. */
export function useSending(user: string): void {
  const outbox = outboxOf(user);
  useEffect(() => {
    const listening = new AbortController();
    const on = { signal: listening.signal };
    const wake = () => outbox.wake();
    const listen = (event: StorageEvent) => {
      if (!isOfOutbox(event.key)) return;
      outbox.heard(event.key, event.newValue);
      outbox.wake();
    };
    const leave = () => {
      deliverFarewell(outbox.snapshot().waiting);
      outbox.stop();
    };
    // Asked for by most browsers before a page with something unsaved is closed.
    const warn = (event: BeforeUnloadEvent) => {
      if (!outbox.snapshot().isKept) event.preventDefault();
    };
    let seen = outbox.snapshot().settled.at(-1);
    const look = outbox.subscribe(() => {
      const { settled } = outbox.snapshot();
      const fresh = settled.slice(seen ? settled.indexOf(seen) + 1 : 0);
      seen = settled.at(-1);
      for (const projectId of new Set(fresh.map(({ sending }) => sending.projectId)))
        void askAgain(progressQuery(projectId));
    });
    window.addEventListener("online", wake, on);
    document.addEventListener("visibilitychange", wake, on);
    window.addEventListener("pagehide", leave, on);
    window.addEventListener("pageshow", (event) => event.persisted && outbox.start(), on);
    window.addEventListener("beforeunload", warn, on);
    window.addEventListener("storage", listen, on);
    outbox.start();
    return () => {
      listening.abort();
      look();
      outbox.stop();
    };
  }, [outbox]);
}

export function useOutbox(user: string): OutboxView {
  const outbox = outboxOf(user);
  return useSyncExternalStore(outbox.subscribe, outbox.snapshot);
}

import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { serverNow } from "../api/clock";
import { progressQuery, projectQuery } from "../api/queries/projects";
import { askAgain } from "../api/queryClient";
import type { Outbox } from "../outbox/outbox";
import { beforeSignOut } from "../shell/session";
import { leaseCalls, sentSoon } from "./calls";
import { Desk } from "./desk";
import { openPage } from "./divide";
import { dropOldDrafts, hasDraft } from "../outbox/drafts";
import { holdReady } from "./pictures";
import { removePast } from "./sitting";

const CHECK_MS = 10_000;
/** After so long without a key or the pointer, or half of a lease's time, what is not started goes back. */
const AWAY_MS = 5 * 60_000;
const FAREWELL_MS = 3_000;
const ACTIVITY = ["pointermove", "pointerdown", "keydown", "wheel"];

const isSeen = (): boolean => document.visibilityState === "visible";

function makeDesk(projectId: string, outbox: Outbox, count: number): Desk {
  const desk: Desk = new Desk({
    calls: leaseCalls(projectId, outbox),
    count,
    open: openPage,
    isStarted: hasDraft,
    isSeen,
    onNothing: () => void askAgain(progressQuery(projectId)),
    onTaken: (lease, most) => holdReady(lease, most, desk.snapshot().lease !== null),
  });
  return desk;
}

interface Presence {
  /** When somebody last used the page, when the lease on screen was first seen there, and when it was renewed. */
  active: number;
  shown: number;
  renewed: number;
  leaseId: string | null;
}

/** The desk of this visit: its leases are renewed while somebody works, and given back when nobody does or the page is
 *  left. What this tab or another one has put into the outbox leaves it. */
export function useDesk(projectId: string, outbox: Outbox, count: number, leaseMinutes: number) {
  const [desk] = useState(() => makeDesk(projectId, outbox, count));
  const view = useSyncExternalStore(desk.subscribe, desk.snapshot);

  const check = useEffectEvent((presence: Presence) => {
    const { lease } = desk.snapshot();
    if (!lease) return;
    const now = Date.now();
    const leaseMs = leaseMinutes * 60_000;
    if (presence.leaseId !== lease.id) {
      presence.leaseId = lease.id;
      presence.shown = now;
    }
    if (now - Math.max(presence.active, presence.shown) > Math.min(AWAY_MS, leaseMs / 2)) desk.rest();
    else if (now - presence.active > CHECK_MS) return;
    else if (Date.parse(lease.expiresAt) < serverNow() && !hasDraft(lease.id)) desk.restart(count);
    else if (now - presence.renewed > leaseMs / 3) {
      presence.renewed = now;
      void desk.renew().then((isRenewed) => {
        // Tried again at the next look.
        if (!isRenewed) presence.renewed = 0;
      });
    }
  });

  useEffect(() => {
    const now = Date.now();
    const presence: Presence = { active: now, shown: now, renewed: now, leaseId: null };
    const listening = new AbortController();
    const on = { signal: listening.signal, passive: true };
    const noteActivity = () => {
      const wasAway = Date.now() - presence.active > CHECK_MS;
      presence.active = Date.now();
      if (wasAway) check(presence);
      desk.stir();
    };
    let seen = outbox.snapshot().settled.at(-1);
    const noteSubmitted = () => {
      const { waiting, settled } = outbox.snapshot();
      desk.submitted(waiting.flatMap(({ content }) => (content.kind === "page" ? [content.leaseId] : [])));
      for (const { sending, refusal } of settled.slice(seen ? settled.indexOf(seen) + 1 : 0)) {
        if (sending.content.kind === "page" && refusal && refusal.kind !== "stale")
          removePast(outbox.user, projectId, sending.content.leaseId);
        if (sending.projectId === projectId && (refusal?.kind === "gone" || refusal?.kind === "removed")) desk.lose();
      }
      seen = settled.at(-1);
    };
    const timer = setInterval(() => check(presence), CHECK_MS);
    for (const kind of ACTIVITY) window.addEventListener(kind, noteActivity, on);
    window.addEventListener("pagehide", () => desk.stop(), on);
    window.addEventListener("pageshow", (event) => event.persisted && desk.start(), on);
    window.addEventListener("online", () => desk.seen(), on);
    document.addEventListener("visibilitychange", () => isSeen() && desk.seen(), on);
    const disregard = outbox.subscribe(noteSubmitted);
    const withdraw = beforeSignOut(() => {
      desk.stop();
      return sentSoon(outbox, FAREWELL_MS);
    });
    dropOldDrafts();
    desk.start();
    return () => {
      clearInterval(timer);
      listening.abort();
      disregard();
      withdraw();
      desk.stop();
    };
  }, [desk, outbox, projectId]);

  const isLost = view.idle.kind === "gone";
  // The page then says what has become of the project.
  useEffect(() => {
    if (isLost) void askAgain({ ...projectQuery(projectId), exact: true });
  }, [isLost, projectId]);

  return { desk, ...view };
}

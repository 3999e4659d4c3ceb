import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { serverNow } from "../api/clock";
import { queryClient } from "../api/queryClient";
import { beforeSignOut } from "../shell/session";
import { leaseCalls, sentSoon } from "./calls";
import { LeaseDesk } from "./desk";
import { hasDraft } from "./drafts";
import { pictureUrl } from "./layout";

const CHECK_MS = 10_000;
/** After so long without a key or the pointer, or half of a lease's time, what is not started goes back. */
const AWAY_MS = 5 * 60_000;
const FAREWELL_MS = 3_000;
const ACTIVITY = ["pointermove", "pointerdown", "keydown", "wheel"];

const isSeen = (): boolean => document.visibilityState === "visible";

function makeDesk(projectId: string, count: number): LeaseDesk {
  return new LeaseDesk({
    calls: leaseCalls(projectId),
    count,
    isStarted: hasDraft,
    isSeen,
    onNothing: () => void queryClient.invalidateQueries({ queryKey: ["project", projectId, "progress"] }),
    onTaken: (lease) => {
      for (const image of lease.images) new Image().src = pictureUrl(image, lease.images.length);
    },
  });
}

interface Presence {
  /** When somebody last used the page, when the lease on screen was first seen there, and when it was renewed. */
  active: number;
  shown: number;
  renewed: number;
  leaseId: string | null;
}

/** The desk of this visit: its leases are renewed while somebody works, and given back when nobody does or the page is
 *  left. */
export function useDesk(projectId: string, count: number, leaseMinutes: number) {
  const [desk] = useState(() => makeDesk(projectId, count));
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
      void desk.renew();
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
    const timer = setInterval(() => check(presence), CHECK_MS);
    for (const kind of ACTIVITY) window.addEventListener(kind, noteActivity, on);
    window.addEventListener("pagehide", () => desk.stop(), on);
    window.addEventListener("pageshow", (event) => event.persisted && desk.start(), on);
    document.addEventListener("visibilitychange", () => isSeen() && desk.seen(), on);
    const withdraw = beforeSignOut(() => {
      desk.stop();
      return sentSoon(FAREWELL_MS);
    });
    desk.start();
    return () => {
      clearInterval(timer);
      listening.abort();
      withdraw();
      desk.stop();
    };
  }, [desk]);

  return { desk, ...view };
}

import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { isProblem } from "../api/client";
import { leaseCalls } from "./calls";
import { LeaseDesk } from "./desk";
import { hasDraft } from "./drafts";
import { pictureUrl } from "./layout";

const CHECK_MS = 10_000;
const ACTIVITY = ["pointermove", "pointerdown", "keydown", "wheel"];

function makeDesk(projectId: string, count: number): LeaseDesk {
  return new LeaseDesk({
    calls: leaseCalls(projectId),
    count,
    isPaused: (error) => isProblem(error, 409) && error.kind === "paused",
    isStarted: hasDraft,
    onTaken: (lease) => {
      for (const image of lease.images) new Image().src = pictureUrl(image, lease.images.length);
    },
  });
}

/** The desk of this visit: its leases are renewed while somebody works, and given back when the page is left. */
export function useDesk(projectId: string, count: number, leaseMinutes: number) {
  const [desk] = useState(() => makeDesk(projectId, count));
  const view = useSyncExternalStore(desk.subscribe, desk.snapshot);

  const keepAlive = useEffectEvent((lastActive: { at: number }, renewedAt: { at: number }) => {
    const now = Date.now();
    const { lease } = desk.snapshot();
    if (!lease || now - lastActive.at > CHECK_MS) return;
    if (Date.parse(lease.expiresAt) < now && !hasDraft(lease.id)) {
      desk.restart(count);
    } else if (now - renewedAt.at > (leaseMinutes * 60_000) / 3) {
      renewedAt.at = now;
      void desk.renew();
    }
  });

  useEffect(() => {
    const lastActive = { at: Date.now() };
    const renewedAt = { at: Date.now() };
    const noteActivity = () => {
      lastActive.at = Date.now();
    };
    const leave = () => desk.stop();
    const comeBack = (event: PageTransitionEvent) => {
      if (event.persisted) desk.start();
    };
    desk.start();
    const timer = setInterval(() => keepAlive(lastActive, renewedAt), CHECK_MS);
    for (const kind of ACTIVITY) window.addEventListener(kind, noteActivity, { passive: true });
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", comeBack);
    return () => {
      clearInterval(timer);
      for (const kind of ACTIVITY) window.removeEventListener(kind, noteActivity);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", comeBack);
      desk.stop();
    };
  }, [desk]);

  return { desk, ...view };
}

import { useEffect, useSyncExternalStore } from "react";
import { api, ok, Problem } from "../api/client";
import { allChecks, checkImagesQuery } from "../api/queries/checks";
import { meQuery } from "../api/queries/me";
import { progressQuery } from "../api/queries/projects";
import { askAgain, queryClient } from "../api/queryClient";
import type { Verdict } from "../api/types";
import { browserStore } from "../parts/browserStore";
import { notify } from "../parts/notices";
import { problemText } from "../parts/States";
import { checks } from "../texts/checks";
import { MOST_AT_ONCE, storeKey, Verdicts, type VerdictsView } from "./verdicts";

/** After so long without an answer a call is made anew. */
const PATIENCE_MS = 45_000;
/** A call that outlives its page may be this long. */
const KEEPALIVE_CHARS = 20_000;

interface Judging {
  user: string;
  projectId: string;
  checkId: string;
}

const known = new Map<string, Verdicts>();

async function alone(run: () => Promise<void>): Promise<void> {
  // Only pages that came over an insecure network lack the locks. The same verdict may be sent twice and counts once.
  await ("locks" in navigator ? navigator.locks.request("verdicts", run) : run());
}

function send({ projectId, checkId }: Judging, verdicts: readonly Verdict[], signal?: AbortSignal) {
  const body = { verdicts: [...verdicts] };
  return api.POST("/api/projects/{project_id}/checks/{check_id}/verdicts", {
    params: { path: { project_id: projectId, check_id: checkId } },
    body,
    keepalive: JSON.stringify(body).length < KEEPALIVE_CHARS,
    signal,
  });
}

async function deliver(of: Judging, verdicts: readonly Verdict[]): Promise<readonly string[]> {
  // What one person has said is never sent in the name of another.
  if (queryClient.getQueryData(meQuery.queryKey)?.userId !== of.user) throw new Problem(401, {});
  const { stale } = await ok(send(of, verdicts, AbortSignal.timeout(PATIENCE_MS)));
  void askAgain(allChecks(of.projectId), progressQuery(of.projectId));
  return stale;
}

/** What this person has yet to send of this check: one for all pages of the site. */
export function verdictsOf(of: Judging): Verdicts {
  const key = storeKey(of.user, of.projectId, of.checkId);
  let verdicts = known.get(key);
  if (!verdicts) {
    verdicts = new Verdicts({
      ...of,
      store: browserStore,
      deliver: (some) => deliver(of, some),
      alone,
      onStale: (some) => {
        const taken = some.filter(({ verdict }) => verdict === null).length;
        notify(checks.stale(some.length - taken, taken), "info", { subject: "check" });
        const query = checkImagesQuery(of.projectId, of.checkId);
        const stale = new Set(some.map(({ id }) => id));
        // Others take their places; until these are known, nobody judges what does not count.
        queryClient.setQueryData(
          query.queryKey,
          (known) => known && { ...known, images: known.images.filter(({ id }) => !stale.has(id)) },
        );
        void askAgain(query);
      },
      onRefused: (count, error) => {
        notify(checks.refused(count, problemText(error)), "error");
        void askAgain(checkImagesQuery(of.projectId, of.checkId), allChecks(of.projectId));
      },
    });
    known.set(key, verdicts);
  }
  return verdicts;
}

/** Those of a project of which this browser keeps something that is yet to be sent. */
function keptOf(user: string, projectId: string): Verdicts[] {
  const prefix = storeKey(user, projectId);
  return browserStore.keys(prefix).map((key) => verdictsOf({ user, projectId, checkId: key.slice(prefix.length) }));
}

/** Sends what this person has judged in a project and is yet to be sent, whichever of its pages is open. */
export function useVerdictSending(user: string, projectId: string): void {
  useEffect(() => {
    const listening = new AbortController();
    const on = { signal: listening.signal };
    const wake = () => keptOf(user, projectId).forEach((one) => one.wake());
    const listen = ({ key }: StorageEvent) => {
      if (key === null || key.startsWith(storeKey(user, projectId))) keptOf(user, projectId).forEach((one) => one.refresh());
    };
    // The last thing that a tab does: once more at worst.
    const leave = () => {
      const prefix = storeKey(user, projectId);
      for (const key of browserStore.keys(prefix)) {
        const of = { user, projectId, checkId: key.slice(prefix.length) };
        const some = verdictsOf(of).snapshot().waiting.slice(0, MOST_AT_ONCE);
        if (some.length > 0) send(of, some).catch(() => undefined);
      }
    };
    const warn = (event: BeforeUnloadEvent) => {
      if (keptOf(user, projectId).some((one) => !one.snapshot().isKept)) event.preventDefault();
    };
    window.addEventListener("online", wake, on);
    document.addEventListener("visibilitychange", wake, on);
    window.addEventListener("pagehide", leave, on);
    window.addEventListener("beforeunload", warn, on);
    window.addEventListener("storage", listen, on);
    wake();
    return () => {
      listening.abort();
      // Whoever goes to another page does not wait for more.
      wake();
    };
  }, [user, projectId]);
}

export function useVerdicts(verdicts: Verdicts): VerdictsView {
  return useSyncExternalStore(verdicts.subscribe, verdicts.snapshot);
}

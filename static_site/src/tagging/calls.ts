import { useSyncExternalStore } from "react";
import { api, isProblem, ok, Problem } from "../api/client";
import { queryClient } from "../api/queryClient";
import type { Lease, NoLease } from "../api/types";
import type { LeaseCalls } from "./desk";
import { dropDraft } from "./drafts";
import { Outbox, type OutboxView } from "./outbox";
import type { SubmissionBody } from "./page";

/** Of this tab, whichever page it is on: what is submitted goes on being sent when the labeler goes elsewhere. */
const submissions = new Outbox();
const returns = new Outbox();
/** A call that outlives its page may be this long: browsers allow 64 KiB to all that are under way. */
const KEEPALIVE_CHARS = 20_000;

async function nothingUnderway(): Promise<void> {
  while (submissions.snapshot().sending + returns.snapshot().sending > 0)
    await Promise.all([submissions.empty(), returns.empty()]);
}

/** Until all is sent that can be sent at once. */
export const sentSoon = (patience: number): Promise<void> =>
  Promise.race([nothingUnderway(), new Promise<void>((resume) => setTimeout(resume, patience))]);

const inLease = (projectId: string, leaseId: string) => ({ path: { project_id: projectId, lease_id: leaseId } });

export const leaseCalls = (projectId: string): LeaseCalls => ({
  take: async (count, holding) => {
    await nothingUnderway();
    const taken = await ok(
      api.POST("/api/projects/{project_id}/leases", {
        params: { path: { project_id: projectId } },
        body: { count, holding },
      }),
    );
    return taken as Lease | NoLease;
  },
  renew: async (leaseId) => {
    const renewed = await ok(
      api.POST("/api/projects/{project_id}/leases/{lease_id}/renewal", { params: inLease(projectId, leaseId) }),
    );
    return renewed.expiresAt;
  },
  giveBack: async (leaseId) => {
    // keepalive: the call outlives the page that is being left.
    const init = { params: inLease(projectId, leaseId), keepalive: true };
    await returns.send(() => ok(api.DELETE("/api/projects/{project_id}/leases/{lease_id}", init)));
  },
});

export interface Sending {
  leaseId: string;
  body: SubmissionBody;
}

/** Sends a page in the background until the service has saved or refused it. */
export async function submit(
  projectId: string,
  { leaseId, body }: Sending,
  onRefused: (problem: Problem) => void,
): Promise<void> {
  const keepalive = JSON.stringify(body).length < KEEPALIVE_CHARS;
  const call = () =>
    ok(
      api.POST("/api/projects/{project_id}/leases/{lease_id}/submission", {
        params: inLease(projectId, leaseId),
        body: { labels: body.labels, skipped: body.skipped },
        keepalive,
      }),
    );
  try {
    await submissions.send(call);
    dropDraft(leaseId);
  } catch (error) {
    // Signed out: the draft is what the return begins with.
    if (isProblem(error, 401)) queryClient.setQueryData(["me"], null);
    else dropDraft(leaseId);
    if (error instanceof Problem) onRefused(error);
  }
  void queryClient.invalidateQueries({ queryKey: ["project", projectId, "progress"] });
}

export const useSubmissions = (): OutboxView => useSyncExternalStore(submissions.subscribe, submissions.snapshot);
export const useReturns = (): OutboxView => useSyncExternalStore(returns.subscribe, returns.snapshot);

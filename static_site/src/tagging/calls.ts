import { useMutation } from "@tanstack/react-query";
import { api, isPassing, ok, Problem } from "../api/client";
import { queryClient } from "../api/queryClient";
import type { Lease, NoLease } from "../api/types";
import type { LeaseCalls } from "./desk";
import { dropDraft } from "./drafts";
import type { SubmissionBody } from "./page";

const underway = new Set<Promise<unknown>>();

function track<T>(call: Promise<T>): Promise<T> {
  const settled = call.catch(() => undefined).finally(() => underway.delete(settled));
  underway.add(settled);
  return call;
}

async function nothingUnderway(): Promise<void> {
  while (underway.size > 0) await Promise.all(underway);
}

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
    await track(
      ok(
        api.DELETE("/api/projects/{project_id}/leases/{lease_id}", {
          params: inLease(projectId, leaseId),
          keepalive: true,
        }),
      ),
    );
  },
});

export interface Sending {
  leaseId: string;
  body: SubmissionBody;
}

export const submissionKey = (projectId: string) => ["submission", projectId];

/** Sends submissions in the background, again and again while the server is out of reach, one after the other. */
export function useSubmission(projectId: string, onRefused: (problem: Problem, sending: Sending) => void) {
  const submission = useMutation({
    mutationKey: submissionKey(projectId),
    mutationFn: ({ leaseId, body }: Sending) =>
      ok(
        api.POST("/api/projects/{project_id}/leases/{lease_id}/submission", {
          params: inLease(projectId, leaseId),
          body: { labels: body.labels, skipped: body.skipped },
        }),
      ),
    retry: (_, error) => isPassing(error),
    retryDelay: (failures) => Math.min(1_000 * 2 ** failures, 20_000),
    onError: (error, sending) => {
      if (error instanceof Problem) onRefused(error, sending);
    },
    onSettled: (_, error, { leaseId }) => {
      // Signed out: the draft is what the return begins with.
      if (!(error instanceof Problem && error.status === 401)) dropDraft(leaseId);
      void queryClient.invalidateQueries({ queryKey: ["project", projectId, "progress"] });
    },
  });
  return (sending: Sending): void => {
    void track(submission.mutateAsync(sending)).catch(() => undefined);
  };
}

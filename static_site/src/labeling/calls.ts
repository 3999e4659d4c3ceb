import { useSyncExternalStore } from "react";
import { api, ok } from "../api/client";
import type { Lease, NoLease } from "../api/types";
import type { Outbox } from "../outbox/outbox";
import type { LeaseCalls } from "./desk";
import { Errands, type ErrandsView } from "./errands";

/** Of this tab, whichever page it is on: what is given back goes on being sent when the labeler goes elsewhere. */
const returns = new Errands();

/** Until all is sent that can be sent at once. */
export const sentSoon = async (outbox: Outbox, patience: number): Promise<void> => {
  await Promise.race([
    Promise.all([outbox.isEmpty(), returns.areDone()]),
    new Promise<void>((resume) => setTimeout(resume, patience)),
  ]);
};

const inLease = (projectId: string, leaseId: string) => ({ path: { project_id: projectId, lease_id: leaseId } });

export const leaseCalls = (projectId: string, outbox: Outbox): LeaseCalls => ({
  take: async (count, holding) => {
    await Promise.all([outbox.isSent(projectId), returns.areDone()]);
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
    await returns.run(() => ok(api.DELETE("/api/projects/{project_id}/leases/{lease_id}", init)));
  },
});

export const useReturns = (): ErrandsView => useSyncExternalStore(returns.subscribe, returns.snapshot);

import { api, ok } from "../api/client";
import { isUnderway } from "../api/queries/runs";
import type { Refresh } from "../api/types";

const PAUSE_MS = 5_000;

/** A check of the project's folder that runs already may be past what was put there just now: another follows it. */
export async function checkAgainAfter(projectId: string, run: Refresh): Promise<void> {
  const params = { path: { project_id: projectId } };
  let newest: Refresh | undefined = run;
  while (newest?.id === run.id && isUnderway(newest)) {
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    const page = await ok(
      api.GET("/api/projects/{project_id}/refreshes", { params: { ...params, query: { limit: 1 } } }),
    ).catch(() => null);
    if (page) newest = page.items[0];
  }
  if (newest?.id === run.id) await ok(api.POST("/api/projects/{project_id}/refreshes", { params })).catch(() => null);
}

import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { projectQuery, projectsQuery } from "../api/queries/projects";
import { refreshesQuery } from "../api/queries/runs";
import { askAgain } from "../api/queryClient";

/** Asks for a refresh of the project, and for what it changes. */
export function useRefreshNow(projectId: string) {
  return useMutation({
    mutationFn: () =>
      ok(api.POST("/api/projects/{project_id}/refreshes", { params: { path: { project_id: projectId } } })),
    onSuccess: async () => {
      // The refreshes first: how often a project is asked for depends on whether one runs.
      await askAgain(refreshesQuery(projectId));
      await askAgain({ ...projectQuery(projectId), exact: true });
      await askAgain(projectsQuery);
    },
  });
}

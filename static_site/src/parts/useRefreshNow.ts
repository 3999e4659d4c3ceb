import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { queryClient } from "../api/queryClient";

/** Asks for a refresh of the project, and for what it changes. */
export function useRefreshNow(projectId: string) {
  return useMutation({
    mutationFn: () =>
      ok(api.POST("/api/projects/{project_id}/refreshes", { params: { path: { project_id: projectId } } })),
    onSuccess: async () => {
      // The refreshes first: how often a project is asked for depends on whether one runs.
      await queryClient.invalidateQueries({ queryKey: ["project", projectId, "refreshes"] });
      await queryClient.invalidateQueries({ queryKey: ["project", projectId], exact: true });
      await queryClient.invalidateQueries({ queryKey: ["projects"] });
    },
  });
}

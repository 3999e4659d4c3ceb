import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../../api/client";
import { queryClient } from "../../api/queryClient";

/** Asks for a training, and for what it changes. */
export function useLearnNow(projectId: string) {
  return useMutation({
    mutationFn: () =>
      ok(api.POST("/api/projects/{project_id}/trainings", { params: { path: { project_id: projectId } } })),
    onSettled: () =>
      Promise.all(
        ["assist", "trainings"].map((what) => queryClient.invalidateQueries({ queryKey: ["project", projectId, what] })),
      ),
  });
}

import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../../api/client";
import { assistQuery, trainingsQuery } from "../../api/queries/runs";
import { askAgain } from "../../api/queryClient";

/** Asks for a training, and for what it changes. */
export function useLearnNow(projectId: string) {
  return useMutation({
    mutationFn: () =>
      ok(api.POST("/api/projects/{project_id}/trainings", { params: { path: { project_id: projectId } } })),
    onSettled: () => askAgain(assistQuery(projectId), trainingsQuery(projectId)),
  });
}

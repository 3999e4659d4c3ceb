import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../../api/client";
import { queryClient } from "../../api/queryClient";

/** Lets one label count as another, or undoes that (`into` null). Everything that names labels is asked for anew. */
export function useMerge(projectId: string) {
  return useMutation({
    mutationFn: ({ labelId, into }: { labelId: number; into: number | null }) => {
      const params = { path: { project_id: projectId, label_id: String(labelId) } };
      const path = "/api/projects/{project_id}/labels/{label_id}/merge";
      return ok(into === null ? api.DELETE(path, { params }) : api.POST(path, { params, body: { into } }));
    },
    onSuccess: async (changed) => {
      queryClient.setQueryData(["project", projectId], changed);
      await queryClient.invalidateQueries({ queryKey: ["project", projectId] });
      await queryClient.invalidateQueries({ queryKey: ["projects"] });
    },
  });
}

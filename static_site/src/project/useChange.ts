import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { queryClient } from "../api/queryClient";
import type { Project, ProjectChange } from "../api/types";
import { notify } from "../shell/notices";
import { texts } from "../texts";

/** Changes something of a project, and says that it is saved. */
export function useChange(project: Project) {
  return useMutation({
    mutationFn: (change: ProjectChange) =>
      ok(api.PATCH("/api/projects/{project_id}", { params: { path: { project_id: project.id } }, body: change })),
    onSuccess: async (changed) => {
      queryClient.setQueryData(["project", project.id], changed);
      notify(texts.details.saved);
      await queryClient.invalidateQueries({ queryKey: ["projects"] });
    },
  });
}

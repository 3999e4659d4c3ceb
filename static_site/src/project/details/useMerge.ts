import { useMutation } from "@tanstack/react-query";
import { api, ok, Problem } from "../../api/client";
import { projectQuery, projectsQuery } from "../../api/queries/projects";
import { askAgain, queryClient } from "../../api/queryClient";
import type { Project } from "../../api/types";
import { sameLabels } from "../../parts/labelRules";
import { texts } from "../../texts";
import { sendForNewest } from "../../parts/useChange";

/** Lets one label count as another, or undoes that (`into` null). Everything that names labels is asked for anew. */
export function useMerge(project: Project) {
  return useMutation({
    mutationFn: async ({ labelId, into }: { labelId: number; into: number | null }) => {
      const path = "/api/projects/{project_id}/labels/{label_id}/merge";
      const changed = await sendForNewest(project, (now) => {
        const params = {
          path: { project_id: project.id, label_id: String(labelId) },
          header: { "If-Match": now.etag },
        };
        if (into === null) return ok(api.DELETE(path, { params }));
        return sameLabels(project.labels, now.labels) ? ok(api.POST(path, { params, body: { into } })) : null;
      });
      if (!changed) throw new Problem(412, { detail: texts.details.mergeChanged });
      return changed;
    },
    onSuccess: async (changed) => {
      queryClient.setQueryData(projectQuery(project.id).queryKey, changed);
      await askAgain(projectQuery(project.id));
      await askAgain(projectsQuery);
    },
  });
}

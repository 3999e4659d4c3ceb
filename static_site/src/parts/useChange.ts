import { useMutation } from "@tanstack/react-query";
import { api, isProblem, ok } from "../api/client";
import { projectQuery, projectsQuery } from "../api/queries/projects";
import { askAgain, queryClient } from "../api/queryClient";
import type { Project, ProjectChange } from "../api/types";
import { notify } from "./notices";
import { texts } from "../texts";

const MOST_TRIES = 3;

/** Sends a change that is meant for the project as it was last seen; where somebody else was quicker, the one for the
 *  project as it is by then. `send` gives null where there is none, and somebody has to look first. */
export async function sendForNewest<T>(
  seen: Project,
  send: (project: Project) => Promise<T> | null,
): Promise<T | null> {
  let project = seen;
  for (let tries = 1; ; tries += 1) {
    try {
      return await send(project);
    } catch (error) {
      if (!isProblem(error, 412) || tries === MOST_TRIES) throw error;
    }
    project = await queryClient.fetchQuery({ ...projectQuery(seen.id), staleTime: 0 });
  }
}

/** Changes something of a project, and says that it is saved. What is asked for tells the change by the project as it is;
 *  null: not without asking, and nothing was saved. */
export function useChange(project: Project) {
  return useMutation({
    mutationFn: (changeOf: (now: Project) => ProjectChange | null) =>
      sendForNewest(project, (now) => {
        const body = changeOf(now);
        const params = { path: { project_id: project.id }, header: { "If-Match": now.etag } };
        return body && ok(api.PATCH("/api/projects/{project_id}", { params, body }));
      }),
    onSuccess: async (changed) => {
      if (!changed) return;
      queryClient.setQueryData(projectQuery(project.id).queryKey, changed);
      notify(texts.details.saved);
      await askAgain(projectsQuery);
    },
  });
}

import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../../api/client";
import { queryClient } from "../../api/queryClient";
import type { MemberRole } from "../../api/types";

/** Invites people, changes their roles and removes them. */
export function useMembership(projectId: string) {
  const reload = () => queryClient.invalidateQueries({ queryKey: ["project", projectId, "members"] });
  const at = (name: string) => ({ path: { project_id: projectId, sign_in_name: name } });
  const put = useMutation({
    mutationFn: (member: { signInName: string; role: MemberRole }) =>
      ok(
        api.PUT("/api/projects/{project_id}/members/{sign_in_name}", {
          params: at(member.signInName),
          body: { role: member.role },
        }),
      ),
    onSuccess: reload,
  });
  const remove = useMutation({
    mutationFn: (name: string) =>
      ok(api.DELETE("/api/projects/{project_id}/members/{sign_in_name}", { params: at(name) })),
    onSuccess: reload,
  });
  return { put, remove };
}

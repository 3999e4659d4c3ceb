import { useMutation } from "@tanstack/react-query";
import { api, isProblem, ok, Problem } from "../../api/client";
import { membersQuery } from "../../api/queries";
import { queryClient } from "../../api/queryClient";
import type { Member, MemberRole } from "../../api/types";
import { texts } from "../../texts";

/** Somebody else may have invited the person meanwhile: their role would be changed without a word. */
async function refuseMember(projectId: string, signInName: string): Promise<void> {
  const members = await queryClient.fetchQuery({ ...membersQuery(projectId), staleTime: 0 });
  const known = memberNamed(members, signInName);
  if (!known) return;
  const detail = texts.members.isMember(known.userId !== null);
  throw new Problem(409, { detail, errors: [{ field: "signInName", message: detail }] });
}

// As the service does: capitals of ASCII only, or a name would be taken for another that looks like it.
const folded = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export const memberNamed = (members: readonly Member[], signInName: string): Member | undefined =>
  members.find((member) => folded(member.signInName) === folded(signInName));

/** Invites people, changes their roles and removes them. `seen`: the member whose role changes, as they were shown. */
export function useMembership(projectId: string) {
  const reload = () => queryClient.invalidateQueries({ queryKey: ["project", projectId, "members"] });
  const at = (name: string) => ({ path: { project_id: projectId, sign_in_name: name } });
  const put = useMutation({
    mutationFn: async ({ signInName, role, seen }: { signInName: string; role: MemberRole; seen?: Member }) => {
      if (!seen) await refuseMember(projectId, signInName);
      const header = seen && { "If-Match": seen.etag };
      try {
        return await ok(
          api.PUT("/api/projects/{project_id}/members/{sign_in_name}", {
            params: { ...at(signInName), header },
            body: { role },
          }),
        );
      } catch (error) {
        throw isProblem(error, 412) ? new Problem(412, { detail: texts.members.changed(signInName) }) : error;
      }
    },
    onSettled: reload,
  });
  const remove = useMutation({
    mutationFn: (name: string) =>
      ok(api.DELETE("/api/projects/{project_id}/members/{sign_in_name}", { params: at(name) })),
    onSuccess: reload,
  });
  return { put, remove };
}

import { useMutation } from "@tanstack/react-query";
import { api, isProblem, ok, Problem } from "../../api/client";
import { membersQuery } from "../../api/queries/projects";
import { askAgain, queryClient } from "../../api/queryClient";
import type { Member, MemberRole } from "../../api/types";
import { fieldMessage } from "../../parts/fields";
import { problemText } from "../../parts/States";
import { texts } from "../../texts";
import { folded, type Invited } from "./inviting";

/** The members as they are now: somebody else may have invited one meanwhile, whose role would be changed unseen. */
const membersNow = (projectId: string) => queryClient.fetchQuery({ ...membersQuery(projectId), staleTime: 0 });

export const memberNamed = (members: readonly Member[], signInName: string): Member | undefined =>
  members.find((member) => folded(member.signInName) === folded(signInName));

/** Invites people, changes their roles and removes them. `seen`: the member whose role changes, as they were shown;
 *  without it, somebody comes back as they were. */
export function useMembership(projectId: string) {
  const reload = () => askAgain(membersQuery(projectId));
  const at = (name: string) => ({ path: { project_id: projectId, sign_in_name: name } });
  const set = (signInName: string, role: MemberRole, header?: { "If-Match": string }) =>
    ok(
      api.PUT("/api/projects/{project_id}/members/{sign_in_name}", {
        params: { ...at(signInName), ...(header && { header }) },
        body: { role },
      }),
    );
  const inviteOne = async (name: string, role: MemberRole): Promise<Invited> => {
    try {
      const member = await set(name, role);
      return { name, result: "invited", words: texts.members.invitedNow(member.signInName, texts.roles[member.role]) };
    } catch (error) {
      if (isProblem(error, 401)) throw error;
      const why = fieldMessage(error, "signInName") ?? problemText(error);
      return { name, result: "refused", words: texts.members.refused(name, why) };
    }
  };
  const invite = useMutation({
    mutationFn: async ({ names, role }: { names: readonly string[]; role: MemberRole }) => {
      const members = await membersNow(projectId);
      const outcomes: Invited[] = [];
      for (const name of names) {
        const known = memberNamed(members, name);
        if (known) outcomes.push({ name, result: "member", words: texts.members.isAlready(name, texts.roles[known.role]) });
        else outcomes.push(await inviteOne(name, role));
      }
      return outcomes;
    },
    onSettled: reload,
  });
  const put = useMutation({
    mutationFn: async ({ signInName, role, seen }: { signInName: string; role: MemberRole; seen?: Member }) => {
      const known = seen ?? memberNamed(await membersNow(projectId), signInName);
      if (!seen && known) throw new Problem(409, { detail: texts.members.isAlready(signInName, texts.roles[known.role]) });
      try {
        return await set(signInName, role, seen && { "If-Match": seen.etag });
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
  const inviteAgain = useMutation({
    mutationFn: async (member: Member) => {
      await ok(api.DELETE("/api/projects/{project_id}/members/{sign_in_name}", { params: at(member.signInName) }));
      return set(member.signInName, member.role);
    },
    onSettled: reload,
  });
  return { put, remove, invite, inviteAgain };
}

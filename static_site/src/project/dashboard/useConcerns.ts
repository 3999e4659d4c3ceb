import { useQuery } from "@tanstack/react-query";
import { mistakesQuery } from "../../api/queries/images";
import { useMe } from "../../api/queries/me";
import { useMembers } from "../../api/queries/projects";
import type { Progress, Project } from "../../api/types";
import { concernsOf, type Concern } from "./attention";

/** What needs attention in a project; undefined until all is known that it takes. */
export function useConcerns(project: Project, progress: Progress | undefined): Concern[] | undefined {
  const isBoss = useMe().data?.isAdministrator === true;
  const members = useMembers(project.id, project.role === "administrator");
  const mistakes = useQuery({ ...mistakesQuery(project.id), enabled: project.mlAssist });
  if (!progress || members.isLoading || mistakes.isLoading) return undefined;
  return concernsOf({
    project,
    progress,
    isBoss,
    members: members.data?.length,
    mistakes: mistakes.data ?? new Map(),
  });
}

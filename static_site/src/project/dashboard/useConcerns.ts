import { useQuery } from "@tanstack/react-query";
import { api, ok } from "../../api/client";
import { useMe, useMembers } from "../../api/queries";
import type { Progress, Project } from "../../api/types";
import { concernsOf, type Concern } from "./attention";

const MINUTES = 60_000;
/** Of so many possible mistakes, the first ones, it is told whose they are. */
const MOST = 200;

/** How many possible mistakes there are by labeler. They change with each training only. */
const useMistakes = (projectId: string, enabled: boolean) =>
  useQuery({
    queryKey: ["mistakes", projectId],
    enabled,
    staleTime: 5 * MINUTES,
    queryFn: async () => {
      const params = { path: { project_id: projectId }, query: { state: "labeled", doubted: true, limit: MOST } as const };
      const { items } = await ok(api.GET("/api/projects/{project_id}/images", { params }));
      const counts = new Map<string, number>();
      for (const { labeler } of items) if (labeler) counts.set(labeler, (counts.get(labeler) ?? 0) + 1);
      return counts;
    },
  });

/** What needs attention in a project; undefined until all is known that it takes. */
export function useConcerns(project: Project, progress: Progress | undefined): Concern[] | undefined {
  const isBoss = useMe().data?.isAdministrator === true;
  const members = useMembers(project.id, project.role === "administrator");
  const mistakes = useMistakes(project.id, project.mlAssist);
  if (!progress || members.isLoading || mistakes.isLoading) return undefined;
  return concernsOf({
    project,
    progress,
    isBoss,
    members: members.data?.length,
    mistakes: mistakes.data ?? new Map(),
  });
}

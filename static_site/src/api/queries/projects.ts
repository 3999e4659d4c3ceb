import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, everyPage, ok } from "../client";
import { easyPause, noteProgress, type Easing } from "../liveness";
import { queryClient } from "../queryClient";
import type { Progress, Project } from "../types";
import { inProject, leisurely, minute, MOST, seldom, soon } from "./often";
import { assistQuery, exportsQuery, isUnderway, refreshesQuery, trainingsQuery } from "./runs";

/** Whether the project is about to change by itself: it is being made, or a refresh of it is known to run. */
const isSettling = (project: Project): boolean =>
  project.status === "creating" || isUnderway(queryClient.getQueryData(refreshesQuery(project.id).queryKey)?.items[0]);

export const projectsQuery = queryOptions({
  queryKey: ["projects"],
  queryFn: () => everyPage((cursor) => ok(api.GET("/api/projects", { params: { query: { cursor, limit: MOST } } }))),
});

/** `watching`: asks again by itself. */
export const useProjects = (watching = true) =>
  useQuery({
    ...projectsQuery,
    refetchInterval: (query) => watching && (query.state.data?.some(isSettling) ? soon : minute),
  });

/** Its key is the beginning of the keys of all that belongs to the project: `exact` means the project itself. */
export const projectQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId],
    queryFn: () => ok(api.GET("/api/projects/{project_id}", { params: inProject(projectId) })),
  });

export const useProject = (projectId: string, interval = leisurely) =>
  useQuery({
    ...projectQuery(projectId),
    refetchInterval: (query) => (query.state.data && isSettling(query.state.data) ? soon : interval),
  });

export const activityQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "activity"],
    queryFn: () => ok(api.GET("/api/projects/{project_id}/activity", { params: inProject(projectId) })),
    refetchInterval: seldom,
  });

export const useActivity = (projectId: string) => useQuery(activityQuery(projectId));

export const agreementQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "agreement"],
    queryFn: () => ok(api.GET("/api/projects/{project_id}/agreement", { params: inProject(projectId) })),
    refetchInterval: seldom,
  });

export const useAgreement = (projectId: string) => useQuery(agreementQuery(projectId));

export const labelersQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "labelers"],
    queryFn: () => ok(api.GET("/api/projects/{project_id}/labelers", { params: inProject(projectId) })),
    refetchInterval: seldom,
  });

export const useLabelers = (projectId: string) => useQuery(labelersQuery(projectId));

/** Those that show how many labels were set. */
const COUNTS: unknown[] = [activityQuery, labelersQuery];

/** What follows from labels, each asked for seldom by itself. */
const CONSEQUENCES = [activityQuery, labelersQuery, agreementQuery, assistQuery, trainingsQuery, refreshesQuery, exportsQuery];

/** Asks for what follows from what has moved: at once for how many labels were set when and by whom, and else not all the time. */
function askForConsequences(projectId: string, moved: "now" | "lately", now: number): void {
  for (const query of CONSEQUENCES)
    void queryClient.invalidateQueries({
      queryKey: query(projectId).queryKey,
      predicate: ({ state }) =>
        (moved === "now" && COUNTS.includes(query)) || now - state.dataUpdatedAt > leisurely,
    });
}

export const progressQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "progress"],
    queryFn: async (): Promise<Progress> => {
      const askedAt = Date.now();
      const progress = await ok(api.GET("/api/projects/{project_id}/progress", { params: inProject(projectId) }));
      const moved = noteProgress(projectId, { ...progress, askedAt }, askedAt);
      if (moved) askForConsequences(projectId, moved, askedAt);
      return { ...progress, askedAt };
    },
  });

/** How far a project is. `interval`: as often as that, or as often as it moves; false: as often as other parts of the
 *  page ask for it. `watching`: asks often as long as images are being prepared. */
export const useProgress = (projectId: string, interval: number | false | Easing = false, watching = false) =>
  useQuery({
    ...progressQuery(projectId),
    refetchInterval: (query) => {
      if (watching && (query.state.data?.preparing ?? 0) > 0) return soon;
      return typeof interval === "object" ? easyPause(projectId, Date.now(), interval) : interval;
    },
  });

export const membersQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "members"],
    queryFn: () =>
      everyPage((cursor) =>
        ok(
          api.GET("/api/projects/{project_id}/members", {
            params: { ...inProject(projectId), query: { cursor, limit: MOST } },
          }),
        ),
      ),
  });

export const useMembers = (projectId: string, enabled = true) => useQuery({ ...membersQuery(projectId), enabled });

export const tokensQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "tokens"],
    queryFn: () =>
      everyPage((cursor) =>
        ok(
          api.GET("/api/projects/{project_id}/tokens", {
            params: { ...inProject(projectId), query: { cursor, limit: MOST } },
          }),
        ),
      ),
  });

export const useTokens = (projectId: string) => useQuery(tokensQuery(projectId));

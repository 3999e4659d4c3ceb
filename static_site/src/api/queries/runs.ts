import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, everyPage, ok } from "../client";
import type { Refresh, Training } from "../types";
import { inProject, leisurely, minute, MOST, seldom, soon } from "./often";

/** Whether a refresh, an export or a training has yet to end. */
export const isUnderway = (run: { status: Refresh["status"] | Training["status"] } | undefined): boolean =>
  run?.status === "queued" || run?.status === "running";

export const refreshesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "refreshes"],
    queryFn: () =>
      ok(
        api.GET("/api/projects/{project_id}/refreshes", { params: { ...inProject(projectId), query: { limit: 10 } } }),
      ),
    refetchInterval: (query) => (query.state.data?.items.some(isUnderway) ? soon : seldom),
  });

export const useRefreshes = (projectId: string, enabled: boolean) => useQuery({ ...refreshesQuery(projectId), enabled });

export const assistQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "assist"],
    queryFn: () => ok(api.GET("/api/projects/{project_id}/assist", { params: inProject(projectId) })),
  });

/** How suggestions stand; to be asked for where they are on only. It changes by the hour. `watching`: asks as often as
 *  for other runs, and so tells when something is learned. */
export const useAssist = (projectId: string, enabled: boolean, watching = false) =>
  useQuery({
    ...assistQuery(projectId),
    enabled,
    staleTime: watching ? soon : minute,
    refetchInterval: (query) => {
      if (!watching) return minute;
      return query.state.data?.status === "learning" ? soon : seldom;
    },
  });

/** Newest first, as many as were asked for. */
export const trainingsQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: ["project", projectId, "trainings"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ok(
        api.GET("/api/projects/{project_id}/trainings", {
          params: { ...inProject(projectId), query: { cursor: pageParam, limit: 20 } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: (query) => (query.state.data?.pages[0]?.items.some(isUnderway) ? soon : seldom),
  });

export const useTrainings = (projectId: string) => useInfiniteQuery(trainingsQuery(projectId));

export const exportsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "exports"],
    queryFn: () =>
      everyPage((cursor) =>
        ok(
          api.GET("/api/projects/{project_id}/exports", {
            params: { ...inProject(projectId), query: { cursor, limit: MOST } },
          }),
        ),
      ),
  });

/** `interval`: how often it asks for exports that others, or scripts, have started. */
export const useExports = (projectId: string, interval = leisurely) =>
  useQuery({
    ...exportsQuery(projectId),
    refetchInterval: (query) => (query.state.data?.some(isUnderway) ? 800 : interval),
  });

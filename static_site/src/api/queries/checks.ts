import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, everyPage, ok } from "../client";
import { inProject, minute, MOST, seldom } from "./often";

const ofCheck = (projectId: string, checkId: string) => ({ path: { project_id: projectId, check_id: checkId } });

/** All that is asked about the checks of a project. */
export const allChecks = (projectId: string) => ({ queryKey: ["project", projectId, "checks"] as const });

/** Newest first, as many as were asked for. */
export const checksQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: [...allChecks(projectId).queryKey, "list"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ok(
        api.GET("/api/projects/{project_id}/checks", {
          params: { ...inProject(projectId), query: { cursor: pageParam, limit: 20 } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: minute,
  });

export const useChecks = (projectId: string) => useInfiniteQuery(checksQuery(projectId));

/** The last few, of which the newest with a result is told. */
export const useNewestChecks = (projectId: string) =>
  useQuery({
    queryKey: [...allChecks(projectId).queryKey, "newest"],
    queryFn: () =>
      ok(api.GET("/api/projects/{project_id}/checks", { params: { ...inProject(projectId), query: { limit: 5 } } })),
    refetchInterval: seldom,
  });

export const checkQuery = (projectId: string, checkId: string) =>
  queryOptions({
    queryKey: [...allChecks(projectId).queryKey, "one", checkId],
    queryFn: () => ok(api.GET("/api/projects/{project_id}/checks/{check_id}", { params: ofCheck(projectId, checkId) })),
  });

export const useCheck = (projectId: string, checkId: string) => useQuery(checkQuery(projectId, checkId));

/** The images of a check, in the order in which they are judged, and how many of them have taken the places of others since
 *  they were asked for last. What is judged meanwhile is known to who judges. */
export const checkImagesQuery = (projectId: string, checkId: string) =>
  queryOptions({
    queryKey: ["check-images", projectId, checkId],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      let replaced = 0;
      const images = await everyPage(async (cursor) => {
        const page = await ok(
          api.GET("/api/projects/{project_id}/checks/{check_id}/images", {
            params: { ...ofCheck(projectId, checkId), query: { cursor, limit: MOST } },
            signal,
          }),
        );
        replaced += page.replaced.length;
        return page;
      });
      return { images, replaced };
    },
  });

export const useCheckImages = (projectId: string, checkId: string) => useQuery(checkImagesQuery(projectId, checkId));

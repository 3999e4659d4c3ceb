import { queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, everyPage, isProblem, ok } from "./client";
import { easyPause, noteProgress, type Easing } from "./liveness";
import { queryClient } from "./queryClient";
import { staysOnPage } from "./staying";
import type { Dataset, Me, Progress, Project, Refresh, Training } from "./types";

const MOST = 200;
const inProject = (projectId: string) => ({ path: { project_id: projectId } });
const soon = 1_500;
const leisurely = 10_000;
const minute = 60_000;
/** What is asked for again anyway as soon as the project's figures move. */
export const seldom = 2 * minute;

export const useMe = () =>
  useQuery({
    queryKey: ["me"],
    staleTime: Infinity,
    // In another tab somebody may have signed in or out.
    refetchOnWindowFocus: "always",
    refetchInterval: (query) => query.state.status === "error" && leisurely,
    queryFn: async (): Promise<Me | null> => {
      try {
        return await ok(api.GET("/api/me"));
      } catch (error) {
        if (isProblem(error, 401) && !staysOnPage()) return null;
        throw error;
      }
    },
  });

/** How often the service checks folders by itself. Nobody is shown a page before it is known who they are. */
export const useRefreshMinutes = () => useMe().data?.refreshMinutes ?? 0;

/** Whether a refresh, an export or a training has yet to end. */
export const isUnderway = (run: { status: Refresh["status"] | Training["status"] } | undefined): boolean =>
  run?.status === "queued" || run?.status === "running";

const refreshesKey = (projectId: string) => ["project", projectId, "refreshes"];

/** Whether the project is about to change by itself: it is being made, or a refresh of it is known to run. */
const isSettling = (project: Project): boolean =>
  project.status === "creating" ||
  isUnderway(queryClient.getQueryData<{ items: Refresh[] }>(refreshesKey(project.id))?.items[0]);

/** `watching`: asks again by itself. */
export const useProjects = (watching = true) =>
  useQuery({
    queryKey: ["projects"],
    queryFn: () => everyPage((cursor) => ok(api.GET("/api/projects", { params: { query: { cursor, limit: MOST } } }))),
    refetchInterval: (query) => watching && (query.state.data?.some(isSettling) ? soon : minute),
  });

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

/** What follows from labels, each asked for seldom by itself. */
const CONSEQUENCES = ["activity", "assist", "trainings", "refreshes", "exports"];

/** Asks for what follows from what has moved: at once for how many labels were set when, and else not all the time. */
function askForConsequences(projectId: string, moved: "now" | "lately", now: number): void {
  void queryClient.invalidateQueries({
    queryKey: ["project", projectId],
    predicate: ({ queryKey: [, , part], state }) =>
      CONSEQUENCES.includes(String(part)) &&
      ((moved === "now" && part === "activity") || now - state.dataUpdatedAt > leisurely),
  });
}

/** How far a project is. `interval`: as often as that, or as often as it moves; false: as often as other parts of the
 *  page ask for it. `watching`: asks often as long as images are being prepared. */
export const useProgress = (projectId: string, interval: number | false | Easing = false, watching = false) =>
  useQuery({
    queryKey: ["project", projectId, "progress"],
    queryFn: async (): Promise<Progress> => {
      const askedAt = Date.now();
      const progress = await ok(api.GET("/api/projects/{project_id}/progress", { params: inProject(projectId) }));
      const moved = noteProgress(projectId, { ...progress, askedAt }, askedAt);
      if (moved) askForConsequences(projectId, moved, askedAt);
      return { ...progress, askedAt };
    },
    refetchInterval: (query) => {
      if (watching && (query.state.data?.preparing ?? 0) > 0) return soon;
      return typeof interval === "object" ? easyPause(projectId, Date.now(), interval) : interval;
    },
  });

export const useActivity = (projectId: string) =>
  useQuery({
    queryKey: ["project", projectId, "activity"],
    queryFn: () => ok(api.GET("/api/projects/{project_id}/activity", { params: inProject(projectId) })),
    refetchInterval: seldom,
  });

export const useRefreshes = (projectId: string, enabled: boolean) =>
  useQuery({
    queryKey: refreshesKey(projectId),
    enabled,
    queryFn: () =>
      ok(
        api.GET("/api/projects/{project_id}/refreshes", { params: { ...inProject(projectId), query: { limit: 10 } } }),
      ),
    refetchInterval: (query) => (query.state.data?.items.some(isUnderway) ? soon : seldom),
  });

/** How suggestions stand; to be asked for where they are on only. It changes by the hour. `watching`: asks as often as
 *  for other runs, and so tells when something is learned. */
export const useAssist = (projectId: string, enabled: boolean, watching = false) =>
  useQuery({
    queryKey: ["project", projectId, "assist"],
    enabled,
    staleTime: watching ? soon : minute,
    queryFn: () => ok(api.GET("/api/projects/{project_id}/assist", { params: inProject(projectId) })),
    refetchInterval: (query) => {
      if (!watching) return minute;
      return query.state.data?.status === "learning" ? soon : seldom;
    },
  });

/** Newest first, as many as were asked for. */
export const useTrainings = (projectId: string) =>
  useInfiniteQuery({
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

/** `interval`: how often it asks for exports that others, or scripts, have started. */
export const useExports = (projectId: string, interval = leisurely) =>
  useQuery({
    queryKey: ["project", projectId, "exports"],
    queryFn: () =>
      everyPage((cursor) =>
        ok(
          api.GET("/api/projects/{project_id}/exports", {
            params: { ...inProject(projectId), query: { cursor, limit: MOST } },
          }),
        ),
      ),
    refetchInterval: (query) => (query.state.data?.some(isUnderway) ? 800 : interval),
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

export const useTokens = (projectId: string) =>
  useQuery({
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

/** What has happened to an image, the newest first, as much as was asked for. */
export const useHistory = (projectId: string, imageId: string, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ["project", projectId, "image", imageId],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET("/api/projects/{project_id}/images/{image_id}", {
          params: { path: { project_id: projectId, image_id: imageId }, query: { cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.history.toReversed()),
  });

/** The image with its own pixels, which is made when it is first asked for. Its address expires with the preview's. */
export const useDetail = (projectId: string, image: { id: string; previewUrl: string }, enabled: boolean) =>
  useQuery({
    queryKey: ["detail", projectId, image.id, image.previewUrl],
    enabled,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      ok(
        api.GET("/api/projects/{project_id}/images/{image_id}/detail", {
          params: { path: { project_id: projectId, image_id: image.id } },
          signal,
        }),
      ),
  });

/** The addresses of the pictures are valid for some hours. */
const EXAMPLES_FRESH_MS = 30 * 60_000;

/** The images that show what a label means. */
export const useExamples = (projectId: string, label: { id: number; examples: readonly string[] }) =>
  useQuery({
    queryKey: ["examples", projectId, label.id, label.examples],
    enabled: label.examples.length > 0,
    staleTime: EXAMPLES_FRESH_MS,
    queryFn: ({ signal }) =>
      ok(
        api.GET("/api/projects/{project_id}/labels/{label_id}/examples", {
          params: { path: { project_id: projectId, label_id: String(label.id) } },
          signal,
        }),
      ),
  });

export const useDatastores = () =>
  useQuery({
    queryKey: ["datastores"],
    queryFn: () =>
      everyPage((cursor) => ok(api.GET("/api/datastores", { params: { query: { cursor, limit: MOST } } }))),
  });

export const usePeople = () =>
  useQuery({
    queryKey: ["people"],
    queryFn: () => everyPage((cursor) => ok(api.GET("/api/people", { params: { query: { cursor, limit: MOST } } }))),
  });

/** The access tokens of all projects. */
export const useAllTokens = () =>
  useQuery({
    queryKey: ["tokens"],
    queryFn: () => everyPage((cursor) => ok(api.GET("/api/tokens", { params: { query: { cursor, limit: MOST } } }))),
  });

export interface AuditFilter {
  project?: string;
  person?: string;
  action?: string;
  since?: string;
  until?: string;
}

/** Who changed what, newest first, as much as was asked for. */
export const useAudit = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: ["audit", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ok(api.GET("/api/audit", { params: { query: { ...filter, cursor: pageParam } }, signal })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

export const datasetsQuery = queryOptions({
  queryKey: ["datasets"],
  queryFn: async () =>
    (await everyPage((cursor) =>
      ok(api.GET("/api/datasets", { params: { query: { cursor, limit: MOST } } })),
    )) as Dataset[],
});

export const useDatasets = () => useQuery(datasetsQuery);

export const useBrowse = (datastore: string, prefix: string) =>
  useInfiniteQuery({
    queryKey: ["datastores", datastore, "browse", prefix],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ok(
        api.GET("/api/datastores/{name}/browse", {
          params: { path: { name: datastore }, query: { prefix, cursor: pageParam } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** The first images of a folder, before there is a project. */
export const useSample = (datastore: string, prefix: string) =>
  useQuery({
    queryKey: ["datastores", datastore, "sample", prefix],
    staleTime: 60_000,
    queryFn: () =>
      ok(api.GET("/api/datastores/{name}/sample", { params: { path: { name: datastore }, query: { prefix } } })),
  });

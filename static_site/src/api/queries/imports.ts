import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../client";
import type { Import, ImportRequest } from "../types";
import { inProject, minute, soon } from "./often";
import { isUnderway } from "./runs";

/** All that is asked about the imports of a project. */
export const allImports = (projectId: string) => ({ queryKey: ["project", projectId, "imports"] as const });

/** As many at a time as are shown. */
const SHOWN = 20;

const isMoving = (one: Import): boolean => isUnderway(one) || isUnderway(one.undone ?? undefined);

/** Those that were no tries alone, newest first; each look at a file is kept as one, too. */
export const importsQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: [...allImports(projectId).queryKey, "list"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      ok(
        api.GET("/api/projects/{project_id}/imports", {
          params: { ...inProject(projectId), query: { cursor, limit: SHOWN, dryRun: false } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: (query) => (query.state.data?.pages.some(({ items }) => items.some(isMoving)) ? soon : minute),
  });

export const useImports = (projectId: string) => useInfiniteQuery(importsQuery(projectId));

export const startImport = (projectId: string, body: ImportRequest): Promise<Import> =>
  ok(api.POST("/api/projects/{project_id}/imports", { params: inProject(projectId), body }));

/** What an uploaded file says of the images in a folder, before there is a project. */
export const previewQuery = (datastore: string, prefix: string, upload: string, uploaded: number) =>
  queryOptions({
    // What was uploaded into the folder meanwhile changes it.
    queryKey: ["label-file", datastore, prefix, upload, uploaded],
    staleTime: Infinity,
    queryFn: () => ok(api.POST("/api/label-files/preview", { body: { datastore, prefix, upload } })),
  });

export const undoImport = (projectId: string, importId: string): Promise<Import> =>
  ok(
    api.POST("/api/projects/{project_id}/imports/{import_id}/undo", {
      params: { path: { project_id: projectId, import_id: importId } },
    }),
  );

/** Most files are read in a moment. */
const TRY_MS = 700;

/** Tries an import, once for each `key`, which tells the file and what is chosen. newest: how far it is; finished: what it
 *  would do, and as long as that is not known what it was with the key before. */
export function useTry(projectId: string, key: string, body: ImportRequest) {
  const start = useQuery({
    queryKey: ["import-try", projectId, key],
    staleTime: Infinity,
    queryFn: () => startImport(projectId, body),
  });
  const importId = start.data?.id ?? "";
  const look = useQuery({
    queryKey: ["import-try", projectId, key, importId],
    enabled: importId !== "",
    staleTime: Infinity,
    queryFn: () =>
      ok(
        api.GET("/api/projects/{project_id}/imports/{import_id}", {
          params: { path: { project_id: projectId, import_id: importId } },
        }),
      ),
    refetchInterval: (query) => (query.state.data && !isUnderway(query.state.data) ? false : TRY_MS),
  });
  const [kept, setKept] = useState<Import>();
  const newest = look.data ?? start.data;
  const finished = newest && !isUnderway(newest) ? newest : kept;
  if (finished !== kept) setKept(finished);
  return {
    newest,
    finished,
    error: start.error ?? look.error,
    retry: () => void (start.isError ? start.refetch() : look.refetch()),
  };
}

import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, everyPage, ok } from "../client";
import type { Dataset } from "../types";
import { minute, MOST } from "./often";

/** Its key is the beginning of the keys of all that is asked of datastores. */
export const datastoresQuery = queryOptions({
  queryKey: ["datastores"],
  queryFn: () => everyPage((cursor) => ok(api.GET("/api/datastores", { params: { query: { cursor, limit: MOST } } }))),
});

export const useDatastores = () => useQuery(datastoresQuery);

export const datasetsQuery = queryOptions({
  queryKey: ["datasets"],
  queryFn: async () =>
    (await everyPage((cursor) =>
      ok(api.GET("/api/datasets", { params: { query: { cursor, limit: MOST } } })),
    )) as Dataset[],
});

export const useDatasets = () => useQuery(datasetsQuery);

export const browseQuery = (datastore: string, prefix: string) =>
  infiniteQueryOptions({
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

export const useBrowse = (datastore: string, prefix: string) => useInfiniteQuery(browseQuery(datastore, prefix));

/** The first images of a folder, before there is a project. */
export const sampleQuery = (datastore: string, prefix: string) =>
  queryOptions({
    queryKey: ["datastores", datastore, "sample", prefix],
    staleTime: minute,
    queryFn: () =>
      ok(api.GET("/api/datastores/{name}/sample", { params: { path: { name: datastore }, query: { prefix } } })),
  });

export const useSample = (datastore: string, prefix: string) => useQuery(sampleQuery(datastore, prefix));

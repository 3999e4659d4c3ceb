import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, everyPage, ok } from "../client";
import { MOST } from "./often";

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: () => everyPage((cursor) => ok(api.GET("/api/people", { params: { query: { cursor, limit: MOST } } }))),
});

export const usePeople = () => useQuery(peopleQuery);

/** The access tokens of all projects. */
export const allTokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: () => everyPage((cursor) => ok(api.GET("/api/tokens", { params: { query: { cursor, limit: MOST } } }))),
});

export const useAllTokens = () => useQuery(allTokensQuery);

export interface AuditFilter {
  project?: string;
  person?: string;
  action?: string;
  since?: string;
  until?: string;
}

/** Who changed what, newest first, as much as was asked for. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ok(api.GET("/api/audit", { params: { query: { ...filter, cursor: pageParam } }, signal })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

export const useAudit = (filter: AuditFilter) => useInfiniteQuery(auditQuery(filter));

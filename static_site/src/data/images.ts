/** The images of a view, page by page, in the cache of queries. What an action changes is changed there, row by row: to
 *  load all pages again after each would take longer the further one has scrolled. */

import { useInfiniteQuery, type InfiniteData, type Query } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, isProblem, ok } from "../api/client";
import {
  allViews,
  fetchImages,
  filterOf,
  viewQuery,
  type Cursor,
  type ImageFilter,
  type ImagePage,
} from "../api/queries/images";
import { queryClient } from "../api/queryClient";
import type { ImageRow, Label } from "../api/types";

type Pages = InfiniteData<ImagePage, Cursor>;

/** So many rows are asked for one by one, where the pages that they came with do not tell any more. */
const MOST_SINGLY = 50;

export function useImages(projectId: string, filter: ImageFilter, labels: readonly Label[]) {
  const query = useInfiniteQuery(viewQuery(projectId, filter, labels));
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  return { query, rows };
}

/** Loads the view anew, from its start. */
export const reload = (projectId: string): Promise<void> =>
  queryClient.resetQueries({ ...allViews(projectId), type: "active" });

/** Forgets the views that are not on screen: an action has changed what belongs to them. */
export const forgetOthers = (projectId: string): void =>
  queryClient.removeQueries({ ...allViews(projectId), type: "inactive" });

export type Rows = ReadonlyMap<string, ImageRow>;

/** Puts rows in the place of their former selves; what is not loaded stays so. A page that is on its way would bring the
 *  former rows of all others back: it is fetched again by who needs it. */
export async function putRows(projectId: string, rows: Rows): Promise<void> {
  const loaded = { ...allViews(projectId), predicate: (query: Query) => query.state.data !== undefined };
  await queryClient.cancelQueries(loaded);
  queryClient.setQueriesData<Pages>(loaded, (data) => data && withRows(data, rows));
}

export function withRows(data: Pages, rows: Rows): Pages {
  const changed = (page: ImagePage): ImagePage =>
    page.items.some((row) => rows.has(row.id))
      ? { ...page, items: page.items.map((row) => rows.get(row.id) ?? row) }
      : page;
  return { ...data, pages: data.pages.map(changed) };
}

/** Asks for some rows anew, by the pages that they came with: how they stand now, and addresses that have not expired. */
export async function refreshRows(projectId: string, ids: readonly string[]): Promise<void> {
  const wanted = new Set(ids);
  const found = new Map<string, ImageRow>();
  const before = new Map<string, ImageRow>();
  for (const query of queryClient.getQueryCache().findAll({ ...allViews(projectId), type: "active" })) {
    const data = query.state.data as Pages | undefined;
    const filter = filterOf(query);
    for (const row of data?.pages.flatMap((page) => page.items) ?? []) if (wanted.has(row.id)) before.set(row.id, row);
    const cursors = data?.pageParams.filter((_, at) => data.pages[at]?.items.some((row) => wanted.has(row.id)));
    const pages = await Promise.all((cursors ?? []).map((cursor) => fetchImages(projectId, filter, cursor)));
    for (const row of pages.flatMap((page) => page.items)) if (wanted.has(row.id)) found.set(row.id, row);
  }
  const left = ids.filter((id) => !found.has(id)).slice(0, MOST_SINGLY);
  for (const row of await Promise.all(left.map((id) => fetchRow(projectId, id))))
    if (row) found.set(row.id, stillDoubted(row, before.get(row.id)));
  await putRows(projectId, found);
}

/** What the model said of a label is told by its list alone, and holds as long as nobody labels the image anew or says
 *  that its label is right. */
export const stillDoubted = (row: ImageRow, before: ImageRow | undefined): ImageRow =>
  before?.suggestions && before.labeledAt === row.labeledAt && !row.reviewed
    ? { ...row, suggestions: before.suggestions }
    : row;

async function fetchRow(projectId: string, imageId: string): Promise<ImageRow | null> {
  try {
    const path = { project_id: projectId, image_id: imageId };
    return await ok(api.GET("/api/projects/{project_id}/images/{image_id}", { params: { path } }));
  } catch (error) {
    if (isProblem(error, 404)) return null;
    throw error;
  }
}

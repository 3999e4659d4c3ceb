import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery, type Query } from "@tanstack/react-query";
import { api, ok } from "../client";
import type { ImageRow, ImageState, Label, NamedLabel } from "../types";
import { inProject, minute, MOST } from "./often";

export const MATCHES = ["any", "all", "none"] as const;
export type Match = (typeof MATCHES)[number];

/** Which labels are wanted: any or all of these, or labeled images that have none of them; "none" without labels: those
 *  that have no label at all. group: it counts as having any of its labels. */
export interface LabelsWanted {
  match: Match;
  labels: readonly NamedLabel[];
  group?: { path: string; labels: readonly string[] };
}

/** Which images are wanted; what is not named may be anything. labeler: the user id. doubted: only those of which the
 *  model says another label; suggested: that one's name. reviewed: whether a reviewer has confirmed or set the label;
 *  rejected: only those that wait because they were rejected. */
export interface ImageFilter {
  state?: ImageState;
  labels?: LabelsWanted;
  labeler?: string;
  name?: string;
  changedSinceLabeled?: true;
  reviewed?: boolean;
  rejected?: true;
  doubted?: true;
  suggested?: string;
}

export interface ImagePage {
  items: readonly ImageRow[];
  nextCursor?: string | null;
}
export type Cursor = string | undefined;

/** The first page is small, to be there soon; the others are fetched ahead. */
const FIRST = 100;

const labelsQuery = ({ match, labels, group }: LabelsWanted) => ({
  ...(match !== "any" && { match }),
  ...(labels.length > 0 && { labels: labels.map(({ id }) => id).join(",") }),
  ...(group && { group: group.path }),
});

/** A filter as the service takes it. */
export const filterQuery = ({ labels, ...others }: ImageFilter) => ({ ...others, ...(labels && labelsQuery(labels)) });

/** What is asked for a filter. Of disputed images those come first of which it is least sure what is right. */
export const queryOf = (filter: ImageFilter) => ({
  ...filterQuery(filter),
  ...(filter.state === "disputed" && !filter.doubted && { order: "unsure" as const }),
});

export const fetchImages = (
  projectId: string,
  filter: ImageFilter,
  cursor: Cursor,
  signal?: AbortSignal,
): Promise<ImagePage> =>
  ok(
    api.GET("/api/projects/{project_id}/images", {
      params: {
        ...inProject(projectId),
        query: { ...queryOf(filter), cursor, limit: cursor ? MOST : FIRST },
      },
      ...(signal && { signal }),
    }),
  );

/** The images of all views of a project. */
export const allViews = (projectId: string) => ({ queryKey: ["images", projectId] as const });

/** The images of one view. A label that is renamed, merged or removed makes other rows. */
export const viewQuery = (projectId: string, filter: ImageFilter, labels: readonly Label[]) =>
  infiniteQueryOptions({
    queryKey: [...allViews(projectId).queryKey, filter, labels.map(({ id, name }) => [id, name])],
    initialPageParam: undefined as Cursor,
    queryFn: ({ pageParam, signal }) => fetchImages(projectId, filter, pageParam, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // What is on screen stays as it is until the reviewer asks: nothing moves away under their hands.
    staleTime: Infinity,
    // Comparing all rows with their former selves at each page would take longer with each page.
    structuralSharing: false,
  });

export const filterOf = (view: Query): ImageFilter => view.queryKey[2] as ImageFilter;

/** All that is asked about single images of a project. */
export const imagesAbout = (projectId: string) => ({ queryKey: ["project", projectId, "image"] as const });

/** What has happened to an image, the newest first, as much as was asked for. */
export const historyQuery = (projectId: string, imageId: string) =>
  infiniteQueryOptions({
    queryKey: [...imagesAbout(projectId).queryKey, imageId],
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

export const useHistory = (projectId: string, imageId: string, enabled: boolean) =>
  useInfiniteQuery({ ...historyQuery(projectId, imageId), enabled });

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

/** How many possible mistakes there are by labeler, of the first ones. They change with each training only. */
export const mistakesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["mistakes", projectId],
    staleTime: 5 * minute,
    queryFn: async () => {
      const params = { ...inProject(projectId), query: { state: "labeled", doubted: true, limit: MOST } as const };
      const { items } = await ok(api.GET("/api/projects/{project_id}/images", { params }));
      const counts = new Map<string, number>();
      for (const { labeler } of items) if (labeler) counts.set(labeler, (counts.get(labeler) ?? 0) + 1);
      return counts;
    },
  });

/** The pictures of a page that was submitted before. */
export const pastKey = (projectId: string, leaseId: string) => ["project", projectId, "past", leaseId] as const;

import { useEffect, useState } from "react";
import { useImages } from "./images";
import { lastPlace } from "./lastView";
import { startAt } from "./picks";
import type { ImageFilter } from "../api/queries/images";
import type { ImageRow, Project } from "../api/types";

/** So many images are loaded beyond the last one in sight. */
const AHEAD = 400;

/** The images of a view as far as they are loaded, and those that are picked among them. */
export function useBoard(project: Project, filter: ImageFilter, viewName: string) {
  const images = useImages(project.id, filter, project.labels);
  const [picks, setPicks] = useState(() => startAt(lastPlace(viewName)?.focus ?? 0));
  const rows = images.rows;
  const { hasNextPage, isFetching, isError, fetchNextPage } = images.query;
  /** Fetches on where what is loaded does not reach far enough: pages may be empty and not the last. */
  const goOn = (seen: number) => {
    if (rows.length <= seen + AHEAD && hasNextPage && !isFetching && !isError) void fetchNextPage();
  };
  useEffect(() => {
    if (rows.length === 0) goOn(0);
  });
  /** All images, as soon as they are loaded to the last. Throws what that failed for. */
  const loadAll = async (): Promise<readonly ImageRow[]> => {
    let result = await fetchNextPage({ throwOnError: true });
    while (result.hasNextPage) result = await fetchNextPage({ throwOnError: true });
    return result.data?.pages.flatMap((page) => page.items) ?? [];
  };
  return { query: images.query, rows, picks, setPicks, goOn, loadAll };
}

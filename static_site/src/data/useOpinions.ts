import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { historyQuery } from "../api/queries/images";
import { queryClient } from "../api/queryClient";
import { withReasons, type Reasoned } from "./opinions";

type Pages = NonNullable<ReturnType<typeof history>>;

const history = (projectId: string, imageId: string) =>
  queryClient.getQueryData(historyQuery(projectId, imageId).queryKey);

const inPages = ({ pages: [first] }: Pages): readonly Reasoned[] =>
  first ? withReasons(first.opinions, first.history) : [];

/** What several people say of an image; undefined where that is not known, and not asked for. It comes with the history. */
export const useOpinions = (projectId: string, imageId: string, enabled: boolean) =>
  useInfiniteQuery({ ...historyQuery(projectId, imageId), enabled, select: inPages }).data;

/** The same, for who presses a key; undefined = it is not loaded yet. */
export function knownOpinions(projectId: string, imageId: string): readonly Reasoned[] | undefined {
  const known = history(projectId, imageId);
  return known && inPages(known);
}

/** Asks for the opinions on an image ahead of time, so that they are there with it. */
export function useOpinionsAhead(projectId: string, imageId: string | undefined): void {
  useEffect(() => {
    if (imageId !== undefined) void queryClient.prefetchInfiniteQuery(historyQuery(projectId, imageId));
  }, [projectId, imageId]);
}

import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, isProblem, ok } from "../client";
import { staysOnPage } from "../staying";
import type { Me } from "../types";
import { leisurely } from "./often";

export const meQuery = queryOptions({
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

export const useMe = () => useQuery(meQuery);

/** How often the service checks folders by itself. Nobody is shown a page before it is known who they are. */
export const useRefreshMinutes = () => useMe().data?.refreshMinutes ?? 0;

import { MutationCache, QueryCache, QueryClient, type QueryFilters } from "@tanstack/react-query";
import { isBusy, isPassing, isProblem } from "./client";
import { pauseAfter } from "./pause";
import { meQuery } from "./queries/me";
import { staysOnPage } from "./staying";

/** A session may end at any call: then everybody is shown the sign-in page. */
function noticeSignedOut(error: unknown): void {
  if (isProblem(error, 401) && !staysOnPage()) queryClient.setQueryData(meQuery.queryKey, null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    // Without a connection a call fails and says so, in place of waiting for one and being made when nobody expects it.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      retry: (failures, error) => isPassing(error) && failures < (isBusy(error) ? 5 : 2),
      retryDelay: (failures, error) => pauseAfter(error, failures),
      staleTime: 2_000,
    },
  },
});

/** Asks again for what these queries, and those whose keys begin with theirs, have brought, as far as it is shown. */
export const askAgain = async (...queries: readonly QueryFilters[]): Promise<void> => {
  await Promise.all(queries.map(({ queryKey, exact }) => queryClient.invalidateQueries({ queryKey, exact })));
};

import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { meQuery } from "../api/me";
import { ApiProblem } from "../api/problem";

/** A session that ended elsewhere shows at the next call: forget the user, the guard does the rest. */
function noticeSignedOut(error: unknown): void {
  if (error instanceof ApiProblem && error.code === "not_authenticated") {
    queryClient.setQueryData(meQuery.queryKey, null);
  }
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 500),
    },
  },
});

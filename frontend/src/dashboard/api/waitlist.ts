import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { localPath, type Page, queryString, request } from "./client";
import type { Schemas } from "./schemas";

export type WaitingStatus = Schemas["WaitlistEntryStatusEnum"];

/** Somebody who waits for a start, or, with `desired_end_time`, for any start of a span. */
export type WaitlistEntry = Schemas["WaitlistEntry"];

export type WaitlistFigures = Schemas["WaitlistFigures"];

export interface WaitlistFilters {
  status?: string;
  event_type?: string;
}

const PATH = "/api/v1/events/waitlist/";

export const waitlistQuery = (filters: WaitlistFilters) =>
  infiniteQueryOptions({
    queryKey: ["waitlist", "list", filters],
    queryFn: ({ pageParam, signal }) => request<Page<WaitlistEntry>>("GET", pageParam, { signal }),
    initialPageParam: `${PATH}${queryString({ ...filters, page_size: 200 })}`,
    getNextPageParam: (page) => (page.next ? localPath(page.next) : undefined),
  });

export const waitlistFiguresQuery = queryOptions({
  queryKey: ["waitlist", "figures"],
  queryFn: ({ signal }) => request<WaitlistFigures>("GET", `${PATH}figures/`, { signal }),
});

/** Offers them the time now, before those ahead of them. */
export const useNotifyEntry = () => useEntryAction("notify");

export const useRemoveEntry = () => useEntryAction("remove");

function useEntryAction(action: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<unknown>("POST", `${PATH}${id}/${action}/`, { body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: ["waitlist"] }),
  });
}

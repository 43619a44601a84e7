import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { localPath, type Page, queryString, request } from "./client";

export type WaitingStatus = "active" | "notified" | "converted" | "expired" | "cancelled";

/** Somebody who waits for a start, or for any start of a span. Instants are UTC. */
export interface WaitlistEntry {
  id: string;
  event_type: { id: string; name: string; slug: string; color: string };
  desired_start_time: string;
  /** Null: exactly the start. */
  desired_end_time: string | null;
  invitee_name: string;
  invitee_email: string;
  invitee_timezone: string;
  status: WaitingStatus;
  /** From 1, of those who wait for the same; null once they do not. */
  position: number | null;
  notified_at: string | null;
  /** When the open offer lapses. */
  offer_expires_at: string | null;
  offers_made: number;
  /** Id of the booking they got. */
  converted_booking: string | null;
  created_at: string;
}

export interface WaitlistFigures {
  active: number;
  notified: number;
  converted: number;
  expired: number;
  cancelled: number;
  /** 0 to 1, of those no longer waiting; null while nobody is. */
  conversion_rate: number | null;
}

export interface WaitlistFilters {
  status?: string;
  event_type?: string;
}

const PATH = "/api/v1/events/waitlist/";

export const waitlistQuery = (filters: WaitlistFilters) =>
  infiniteQueryOptions({
    queryKey: ["waitlist", "list", filters],
    queryFn: ({ pageParam, signal }) => request<Page<WaitlistEntry>>("GET", pageParam, { signal }),
    initialPageParam: `${PATH}${queryString({ ...filters })}`,
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

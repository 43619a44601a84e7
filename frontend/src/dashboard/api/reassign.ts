import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { BOOKINGS_PATH, type Booking } from "./bookings";
import { request } from "./client";

export interface HostChoice {
  user: string;
  name: string;
  is_free: boolean;
  /** Why not, in words; empty for a free one. */
  reason: string;
}

/** Who could take a booking over. */
export const hostChoicesQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ["bookings", "hosts", bookingId],
    queryFn: ({ signal }) =>
      request<{ hosts: HostChoice[] }>("GET", `${BOOKINGS_PATH}${bookingId}/reassign/`, { signal }),
    // Somebody else may book them while the dialog is open.
    staleTime: 0,
  });

/** Gives a booking to a host, or, without one, to whose turn it is. */
export function useReassign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, host }: { id: string; host: string | null }) =>
      request<Booking>("POST", `${BOOKINGS_PATH}${id}/reassign/`, { body: host ? { host } : {} }),
    onSettled: () => client.invalidateQueries({ queryKey: ["bookings"] }),
  });
}

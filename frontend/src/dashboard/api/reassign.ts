import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { BOOKINGS_PATH, type Booking } from "./bookings";
import { request } from "./client";
import type { Schemas } from "./schemas";

/** A host of the event type; `reason` is the code of why they are not free. */
export type HostChoice = Schemas["HostCandidate"];

/** Who could take a booking over. */
export const hostChoicesQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ["bookings", "hosts", bookingId],
    queryFn: ({ signal }) =>
      request<Schemas["HostCandidates"]>("GET", `${BOOKINGS_PATH}${bookingId}/reassign/`, {
        signal,
      }),
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

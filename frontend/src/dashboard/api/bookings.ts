import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { listAll, localPath, type Page, queryString, request } from "./client";
import type { Schemas } from "./schemas";

export type BookingStatus = Schemas["BookingStatusEnum"];

/** Somebody in a group session. */
export type Attendee = Schemas["Attendee"];

export type Booking = Omit<Schemas["Booking"], "custom_answers"> & {
  /** By question. */
  custom_answers: Record<string, unknown>;
};

export type AuditEntry = Schemas["BookingAudit"];

export interface BookingFilters {
  status?: string;
  event_type?: string;
  start_after?: string;
  start_before?: string;
  search?: string;
  ordering?: "start_time" | "-start_time";
}

const PATH = "/api/v1/events/bookings/";

export const bookingsQuery = (filters: BookingFilters) =>
  infiniteQueryOptions({
    queryKey: ["bookings", "list", filters],
    queryFn: ({ pageParam, signal }) => request<Page<Booking>>("GET", pageParam, { signal }),
    initialPageParam: `${PATH}${queryString({ ...filters })}`,
    getNextPageParam: (page) => (page.next ? localPath(page.next) : undefined),
  });

/** All bookings of a span, for the week view and for counts. */
export const bookingsBetweenQuery = (filters: BookingFilters) =>
  queryOptions({
    queryKey: ["bookings", "between", filters],
    queryFn: ({ signal }) => listAll<Booking>(`${PATH}${queryString({ ...filters })}`, signal),
  });

export const bookingQuery = (id: string) =>
  queryOptions({
    queryKey: ["bookings", "one", id],
    queryFn: ({ signal }) => request<Booking>("GET", `${PATH}${id}/`, { signal }),
  });

export const auditQuery = (id: string) =>
  queryOptions({
    queryKey: ["bookings", "audit", id],
    queryFn: ({ signal }) => listAll<AuditEntry>(`${PATH}${id}/audit/`, signal),
  });

export const useCancelBooking = () => useBookingAction<{ reason: string }>("cancel");

export const useRescheduleBooking = () => useBookingAction<{ start_time: string }>("reschedule");

export const useCompleteBooking = () => useBookingAction<object>("complete");

export const useMarkNoShow = () => useBookingAction<object>("no-show");

function useBookingAction<Body>(action: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Body & { id: string }) =>
      request<Booking>("POST", `${PATH}${id}/${action}/`, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["bookings"] }),
  });
}

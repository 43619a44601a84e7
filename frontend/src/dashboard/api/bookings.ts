import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { listAll, localPath, type Page, queryString, request } from "./client";
import type { Schemas } from "./schemas";

export type BookingStatus = Schemas["BookingStatusEnum"];

export type Booking = Schemas["Booking"];

/** Somebody in a group session. */
export type Attendee = Schemas["Attendee"];

/** One answer, its question as it was asked; `shown` is the answer in words. */
export type Answer = Schemas["ShownAnswer"];

/** Which occurrence of a series a booking is: `position` of `of`, from 1. */
export type SeriesPlace = Schemas["SeriesPlace"];

/** How much of a series a change is for. */
export type Scope = "this" | "following" | "all";

export interface BookingFilters {
  status?: string;
  event_type?: string;
  series?: string;
  start_after?: string;
  start_before?: string;
  search?: string;
  ordering?: "start_time" | "-start_time";
}

export const BOOKINGS_PATH = "/api/v1/events/bookings/";

export const bookingsQuery = (filters: BookingFilters) =>
  infiniteQueryOptions({
    queryKey: ["bookings", "list", filters],
    queryFn: ({ pageParam, signal }) => request<Page<Booking>>("GET", pageParam, { signal }),
    initialPageParam: `${BOOKINGS_PATH}${queryString({ ...filters })}`,
    getNextPageParam: (page) => (page.next ? localPath(page.next) : undefined),
  });

/** All bookings of a span, for the week view and for counts. */
export const bookingsBetweenQuery = (filters: BookingFilters) =>
  queryOptions({
    queryKey: ["bookings", "between", filters],
    queryFn: ({ signal }) =>
      listAll<Booking>(`${BOOKINGS_PATH}${queryString({ ...filters })}`, signal),
  });

/** The dates of a series in order, those over and cancelled included. */
export const seriesQuery = (id: string) =>
  queryOptions({
    queryKey: ["bookings", "series", id],
    queryFn: ({ signal }) =>
      listAll<Booking>(`${BOOKINGS_PATH}${queryString({ series: id, page_size: 200 })}`, signal),
  });

/** How many requests wait for an answer; `more` where there are further ones uncounted. */
export const requestCountQuery = queryOptions({
  queryKey: ["bookings", "request-count"],
  queryFn: async ({ signal }) => {
    const query = queryString({ status: "pending", page_size: 100 });
    const page = await request<Page<Booking>>("GET", `${BOOKINGS_PATH}${query}`, { signal });
    return { count: page.results.length, more: page.next !== null };
  },
  refetchInterval: 60_000,
});

export const bookingQuery = (id: string) =>
  queryOptions({
    queryKey: ["bookings", "one", id],
    queryFn: ({ signal }) => request<Booking>("GET", `${BOOKINGS_PATH}${id}/`, { signal }),
  });

export const useCancelBooking = () => useBookingAction<{ reason: string; scope?: Scope }>("cancel");

export const useRescheduleBooking = () =>
  useBookingAction<{ start_time: string; scope?: Scope }>("reschedule");

export const useCompleteBooking = () => useBookingAction<object>("complete");

export const useMarkNoShow = () => useBookingAction<object>("no-show");

export const useConfirmBooking = () => useBookingAction<object>("confirm");

export const useRejectBooking = () => useBookingAction<{ reason: string }>("reject");

function useBookingAction<Body>(action: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Body & { id: string }) =>
      request<Booking>("POST", `${BOOKINGS_PATH}${id}/${action}/`, { body }),
    // A refusal tells of news, too: somebody was faster.
    onSettled: () => client.invalidateQueries({ queryKey: ["bookings"] }),
  });
}

/** How many seats a session has. */
export function useSetCapacity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, capacity }: { id: string; capacity: number }) =>
      request<Booking>("PATCH", `${BOOKINGS_PATH}${id}/`, { body: { capacity } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["bookings"] }),
  });
}

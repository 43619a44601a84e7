import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { listAll, localPath, type Page, queryString, request } from "./client";
import type { Schemas } from "./schemas";

export type BookingStatus = Schemas["BookingStatusEnum"];

/** One answer, its question as it was asked. */
export interface Answer {
  question: string;
  text: string;
  type: string;
  value: unknown;
  /** The answer in words. */
  shown: string;
}

/** Somebody in a group session. */
export type Attendee = Omit<Schemas["Attendee"], "custom_answers"> & {
  answers?: Answer[];
};

/** Which occurrence of a series a booking is: `position` of `of`, from 1. */
export interface SeriesPlace {
  id: string;
  rule: string;
  position: number;
  of: number;
}

/** What the organizer's answer carries beside the shapes of the API's document. */
interface LifeOfABooking {
  attendees: Attendee[];
  answers?: Answer[];
  series?: SeriesPlace | null;
  /** Whether the invitee waits for an earlier time. */
  sooner?: boolean;
  /** Until when a request can be answered. */
  request_expires_at?: string | null;
  /** When the invitee was asked for another time, this one being lost. */
  repick_asked_at?: string | null;
  held_seats?: number;
  reschedule_count?: number;
  created_from?: string | null;
  erased_at?: string | null;
}

export type Booking = Omit<Schemas["Booking"], keyof LifeOfABooking | "custom_answers"> &
  LifeOfABooking;

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

import { queryOptions } from "@tanstack/react-query";
import { queryString, request } from "./client";

export interface Slot {
  start: string;
  end: string;
  seats_left?: number;
}

interface SlotList {
  timezone: string;
  duration: number;
  slots: Slot[];
}

interface SlotSearch {
  organizer: string;
  eventType: string;
  /** Dates in `timezone`, both included. */
  start: string;
  end: string;
  timezone: string;
  duration?: number;
}

export const slotsQuery = (search: SlotSearch) =>
  queryOptions({
    queryKey: ["slots", search],
    queryFn: ({ signal }) =>
      request<SlotList>(
        "GET",
        `/api/v1/events/slots/${search.organizer}/${search.eventType}/${queryString({
          start_date: search.start,
          end_date: search.end,
          timezone: search.timezone,
          duration: search.duration,
        })}`,
        { signal },
      ),
    // Somebody else may book while the dialog is open.
    staleTime: 15_000,
  });

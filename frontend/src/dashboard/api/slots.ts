import { queryOptions } from "@tanstack/react-query";
import { localPath, queryString, request } from "./client";

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

interface Span {
  /** Dates in `timezone`, both included. */
  start: string;
  end: string;
  timezone: string;
}

interface SlotSearch extends Span {
  organizer: string;
  eventType: string;
  duration?: number;
}

/** What visitors are offered. */
export const slotsQuery = ({ organizer, eventType, duration, ...span }: SlotSearch) =>
  slotsAt(`/api/v1/events/slots/${organizer}/${eventType}/`, span, duration);

/** Starts that a booking can move to: for its own hosts, its old time counted as free. */
export const moveSlotsQuery = ({ manageUrl, ...span }: Span & { manageUrl: string }) =>
  slotsAt(`${localPath(manageUrl)}/slots`, span);

const slotsAt = (path: string, { start, end, timezone }: Span, duration?: number) =>
  queryOptions({
    queryKey: ["slots", path, start, end, timezone, duration],
    queryFn: ({ signal }) =>
      request<SlotList>(
        "GET",
        `${path}${queryString({ start_date: start, end_date: end, timezone, duration })}`,
        { signal },
      ),
    // Somebody else may book while the dialog is open.
    staleTime: 15_000,
  });

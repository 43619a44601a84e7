import { addDays } from "../../../../shared/dates/days";
import type { BookingFilters, BookingStatus } from "../../../api/bookings";
import { dayStart, toApiInstant } from "../../../lib/instants";

export type Tab = "upcoming" | "requests" | "past" | "cancelled";

export const TABS: { id: Tab; label: string; states: BookingStatus[] }[] = [
  { id: "upcoming", label: "Upcoming", states: ["confirmed", "pending"] },
  { id: "requests", label: "Requests", states: ["pending"] },
  { id: "past", label: "Past", states: ["completed", "no_show", "confirmed"] },
  { id: "cancelled", label: "Cancelled", states: ["cancelled", "rejected", "expired"] },
];

/** What the list's address carries: every filter survives a reload and can be shared. */
export interface ListQuery {
  tab: Tab;
  status: string;
  eventType: string;
  /** A day: the first one of upcoming bookings, the last one of others. */
  day: string;
  search: string;
}

export function readListQuery(params: URLSearchParams): ListQuery {
  const tab = TABS.find(({ id }) => id === params.get("tab"))?.id ?? "upcoming";
  return {
    tab,
    status: params.get("status") ?? "",
    eventType: params.get("event_type") ?? "",
    day: /^\d{4}-\d{2}-\d{2}$/.test(params.get("day") ?? "") ? (params.get("day") ?? "") : "",
    search: params.get("search") ?? "",
  };
}

/** Whether a tab lists what is to come, the next first. */
export function isAhead(tab: Tab): boolean {
  return tab === "upcoming" || tab === "requests";
}

/** The API's filters for a list query; `now` in milliseconds, days read in `zone`. */
export function toApiFilters(query: ListQuery, now: number, zone: string): BookingFilters {
  const states = TABS.find(({ id }) => id === query.tab)?.states ?? [];
  const filters: BookingFilters = {
    status: query.status || states.join(","),
    event_type: query.eventType,
    search: query.search,
    ordering: isAhead(query.tab) ? "start_time" : "-start_time",
  };
  const moment = toApiInstant(now);
  if (isAhead(query.tab)) {
    const from = query.day ? dayStart(query.day, zone) : moment;
    filters.start_after = from > moment ? from : moment;
  } else {
    const until = query.day ? dayStart(addDays(query.day, 1), zone) : "";
    if (query.tab === "past") filters.start_before = until && until < moment ? until : moment;
    else if (until) filters.start_before = until;
  }
  return filters;
}

import { useInfiniteQuery } from "@tanstack/react-query";
import type { Booking } from "../../../api/bookings";
import { type WaitlistEntry, waitlistQuery } from "../../../api/waitlist";

/** How many wait for the very time of a booking, as far as the first page of the waitlist knows. */
export function useWaiting(): (booking: Booking) => number {
  const { data } = useInfiniteQuery(waitlistQuery({ status: "active,notified" }));
  const counts = countByTime(data?.pages.flatMap((page) => page.results) ?? []);
  return ({ event_type, start_time }) => counts.get(keyOf(event_type.id, start_time)) ?? 0;
}

/** Entries by event type and start; those who would take any time of a span wait for none of them. */
export function countByTime(entries: readonly WaitlistEntry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    if (entry.desired_end_time) continue;
    const key = keyOf(entry.event_type.id, entry.desired_start_time);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function keyOf(eventType: string, start: string): string {
  return `${eventType} ${Date.parse(start)}`;
}

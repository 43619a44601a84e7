import { type Day, dayInZone } from "../../../shared/dates/days";
import type { WaitlistEntry } from "../../api/waitlist";

/**
 * Entries by the organizer's day of the time they wait for; within a day by time, then by place in
 * line. What is to come begins with the next day, what is over with the last.
 */
export function groupByDay(
  entries: readonly WaitlistEntry[],
  zone: string,
  nextFirst: boolean,
): [Day, WaitlistEntry[]][] {
  const days = new Map<Day, WaitlistEntry[]>();
  for (const entry of entries.toSorted(byTimeAndPlace)) {
    const day = dayInZone(entry.desired_start_time, zone);
    const sameDay = days.get(day);
    if (sameDay) sameDay.push(entry);
    else days.set(day, [entry]);
  }
  return nextFirst ? [...days] : [...days].toReversed();
}

function byTimeAndPlace(a: WaitlistEntry, b: WaitlistEntry): number {
  const place = (entry: WaitlistEntry) => entry.position ?? 0;
  return (
    Date.parse(a.desired_start_time) - Date.parse(b.desired_start_time) ||
    a.event_type.name.localeCompare(b.event_type.name) ||
    place(a) - place(b)
  );
}

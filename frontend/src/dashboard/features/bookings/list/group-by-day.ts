import { type Day, dayInZone } from "../../../../shared/dates/days";
import type { Booking } from "../../../api/bookings";

/** Bookings by the organizer's day, in the order in which they came. */
export function groupByDay(bookings: readonly Booking[], zone: string): [Day, Booking[]][] {
  const days = new Map<Day, Booking[]>();
  for (const booking of bookings) {
    const day = dayInZone(booking.start_time, zone);
    const sameDay = days.get(day);
    if (sameDay) sameDay.push(booking);
    else days.set(day, [booking]);
  }
  return [...days];
}

import type { Booking } from "../../api/bookings";

const OPEN = new Set<string>(["pending", "confirmed"]);

/** Moving and cancelling are allowed until the start; the server decides, this only hides buttons. */
export function canChange(booking: Booking, now: number): boolean {
  return OPEN.has(booking.status) && Date.parse(booking.start_time) > now;
}

export function canBeClosed(booking: Booking, now: number): boolean {
  const closable = ["confirmed", "completed", "no_show"].includes(booking.status);
  return closable && Date.parse(booking.start_time) <= now;
}

export function minutesOf(booking: Pick<Booking, "start_time" | "end_time">): number {
  return (Date.parse(booking.end_time) - Date.parse(booking.start_time)) / 60_000;
}

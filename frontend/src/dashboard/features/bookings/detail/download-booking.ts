import type { QueryClient } from "@tanstack/react-query";
import { auditQuery } from "../../../api/audit";
import type { Booking } from "../../../api/bookings";
import { saveFile } from "../../../lib/save-file";

/** Saves a booking with its whole history, as the API tells them to its organizer. */
export async function downloadBooking(booking: Booking, client: QueryClient): Promise<void> {
  const history = await client.fetchQuery(auditQuery(booking.id));
  const name = `booking-${booking.start_time.slice(0, 10)}-${booking.id.slice(0, 8)}.json`;
  saveFile(name, JSON.stringify({ booking, history }, null, 2), "application/json");
}

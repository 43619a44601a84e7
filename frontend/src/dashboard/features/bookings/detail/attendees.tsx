import { showSameTime } from "../../../../shared/tz/zones";
import type { Attendee, Booking } from "../../../api/bookings";
import { Tag } from "../../../components/tag";
import { formatTime } from "../../../lib/instants";
import { zoneCity } from "../../../lib/zones";

const STATUS: Record<Exclude<Attendee["status"], "confirmed">, string> = {
  cancelled: "Cancelled",
  no_show: "No-show",
};

/** Who is in a group session and how to reach them; who left stands struck through. */
export function Attendees({ booking, zone }: { booking: Booking; zone: string }) {
  return (
    <ul className="bk-people">
      {booking.attendees.map((attendee) => (
        <li key={attendee.id} data-gone={attendee.status === "cancelled" || undefined}>
          <b>{attendee.name}</b>{" "}
          {attendee.status !== "confirmed" && <Tag>{STATUS[attendee.status]}</Tag>}
          <small>
            <a href={`mailto:${attendee.email}`}>{attendee.email}</a>
            {attendee.phone && (
              <a href={`tel:${attendee.phone.replace(/[^+\d]/g, "")}`}>{attendee.phone}</a>
            )}
            {!showSameTime(zone, attendee.timezone, booking.start_time) && (
              <span>
                <span className="t">{formatTime(booking.start_time, attendee.timezone)}</span> in{" "}
                {zoneCity(attendee.timezone)}
              </span>
            )}
          </small>
          {attendee.notes && <p className="bk-notes">{attendee.notes}</p>}
        </li>
      ))}
    </ul>
  );
}

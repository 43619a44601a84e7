import { Link } from "react-router";
import { showSameTime } from "../../../../shared/tz/zones";
import type { Booking } from "../../../api/bookings";
import { isSession, whoBooked } from "../../../lib/booking-people";
import { hueClass } from "../../../lib/hues";
import { formatSpan, formatTime } from "../../../lib/instants";
import { zoneCity } from "../../../lib/zones";
import { StatusTag } from "../status-tag";
import { Marks } from "./marks";
import { RequestActions } from "./request-actions";

export function BookingRow({
  booking,
  zone,
  waiting = 0,
  isAnswerable = false,
  selected,
  onSelect,
}: {
  booking: Booking;
  zone: string;
  /** How many are on the waitlist of its time. */
  waiting?: number;
  /** Whether a request can be answered from here. */
  isAnswerable?: boolean;
  selected: boolean;
  /** Returns whether it showed the booking beside the list; else the link is followed. */
  onSelect: (booking: Booking) => boolean;
}) {
  const elsewhere =
    !isSession(booking) &&
    !booking.erased_at &&
    !showSameTime(zone, booking.invitee_timezone, booking.start_time);
  const gone = booking.status === "cancelled" || booking.status === "rejected";
  return (
    <li
      className={`row it ${hueClass(booking.event_type.color)}`}
      data-selected={selected || undefined}
      data-gone={gone || undefined}
    >
      <span className="bk-time t">{formatSpan(booking.start_time, booking.end_time, zone)}</span>
      <Link
        className="name"
        to={`/bookings/${booking.id}`}
        onClick={(event) => {
          const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
          if (plain && onSelect(booking)) event.preventDefault();
        }}
      >
        {whoBooked(booking)}
      </Link>
      <span className="cell bk-type">
        <i className="dot" aria-hidden="true" />
        <span>{booking.event_type.name}</span>
        <Marks booking={booking} waiting={waiting} />
      </span>
      <span className="cell muted bk-zone">
        {elsewhere && (
          <span>
            <span className="t">{formatTime(booking.start_time, booking.invitee_timezone)}</span> in{" "}
            {zoneCity(booking.invitee_timezone)}
          </span>
        )}
      </span>
      <span className="bk-state">
        {isAnswerable && booking.status === "pending" ? (
          <RequestActions booking={booking} />
        ) : (
          <StatusTag status={booking.status} />
        )}
      </span>
    </li>
  );
}

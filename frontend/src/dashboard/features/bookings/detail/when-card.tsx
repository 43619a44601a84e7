import { dayInZone } from "../../../../shared/dates/days";
import { showSameTime } from "../../../../shared/tz/zones";
import type { Booking } from "../../../api/bookings";
import { Dial } from "../../../components/dial";
import { firstName, isSession } from "../../../lib/booking-people";
import { formatDay, formatSpan } from "../../../lib/instants";
import { zoneCity } from "../../../lib/zones";
import { minutesOf } from "../facts";

/** Day and time in the organizer's zone, and in the invitee's where it reads differently. */
export function WhenCard({ booking, zone }: { booking: Booking; zone: string }) {
  const day = dayInZone(booking.start_time, zone);
  const today = dayInZone(Date.now(), zone);
  // Of a group everyone has a zone of their own; of somebody erased none is known.
  const theirs = isSession(booking) || booking.erased_at ? zone : booking.invitee_timezone;
  const theirDay = dayInZone(booking.start_time, theirs);
  return (
    <div className="when">
      <Dial minutes={minutesOf(booking)} />
      <div>
        <b>{formatDay(day, today)}</b>
        <span className="t">{formatSpan(booking.start_time, booking.end_time, zone)}</span> in{" "}
        {zoneCity(zone)}
        {!showSameTime(zone, theirs, booking.start_time) && (
          <>
            <br />
            {theirDay !== day && `${formatDay(theirDay, today, "short")}, `}
            <span className="t">{formatSpan(booking.start_time, booking.end_time, theirs)}</span>{" "}
            for {firstName(booking.invitee_name)}, {zoneCity(theirs)}
          </>
        )}
      </div>
    </div>
  );
}

import { Fragment } from "react";
import { type Day, dayInZone } from "../../../../shared/dates/days";
import type { Booking } from "../../../api/bookings";
import { dayHeading } from "../../../lib/instants";
import { BookingRow } from "../list/booking-row";

/** The week on a phone: its days one below the other. */
export function WeekAgenda({
  days,
  zone,
  now,
  bookings,
}: {
  days: readonly Day[];
  zone: string;
  now: number;
  bookings: readonly Booking[];
}) {
  const today = dayInZone(now, zone);
  return (
    <ul className="list bookings wk-agenda">
      {days.map((day) => {
        const ofDay = bookings.filter((booking) => dayInZone(booking.start_time, zone) === day);
        return (
          <Fragment key={day}>
            <li className="row grp">
              <h2>
                {dayHeading(day, today)} {ofDay.length === 0 && <span>Nothing booked</span>}
              </h2>
            </li>
            {ofDay.map((booking) => (
              <BookingRow
                key={booking.id}
                booking={booking}
                zone={zone}
                selected={false}
                onSelect={() => false}
              />
            ))}
          </Fragment>
        );
      })}
    </ul>
  );
}

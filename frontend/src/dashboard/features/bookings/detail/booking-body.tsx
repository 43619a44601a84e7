import { EyeOff, FastForward } from "lucide-react";
import type { ReactNode } from "react";
import type { Booking } from "../../../api/bookings";
import { Icon } from "../../../components/icon";
import { firstName, isSession } from "../../../lib/booking-people";
import { formatMoment } from "../../../lib/instants";
import { Answers } from "./answers";
import { ContactFacts } from "./contact-facts";
import { History } from "./history/history";
import { PeoplePart } from "./people/people-part";
import { RequestBanner } from "./request/request-banner";
import { SeriesPart } from "./series/series-part";
import { WhenCard } from "./when-card";

/** Everything about one booking, below its name: the same in the panel and on its own page. */
export function BookingBody({
  booking,
  zone,
  heading: Heading,
}: {
  booking: Booking;
  zone: string;
  /** One level below the name's own. */
  heading: "h2" | "h3";
}) {
  const part = (title: string, content: ReactNode) => (
    <section>
      <Heading className="bk-part">{title}</Heading>
      {content}
    </section>
  );
  return (
    <>
      <section>
        {booking.status === "pending" && (
          <RequestBanner key={booking.id} booking={booking} zone={zone} />
        )}
        <WhenCard booking={booking} zone={zone} />
        {booking.erased_at ? (
          <p className="bk-note">
            <Icon of={EyeOff} />
            <span>
              Personal data was erased on{" "}
              <span className="t">{formatMoment(booking.erased_at, zone)}</span>. What remains is
              the booking itself and its history.
            </span>
          </p>
        ) : (
          <ContactFacts booking={booking} />
        )}
        {booking.sooner && (
          <p className="bk-note">
            <Icon of={FastForward} />
            <span>
              {firstName(booking.invitee_name)} would rather come earlier, and is offered a time
              when one frees.
            </span>
          </p>
        )}
      </section>
      {booking.series &&
        part("Series", <SeriesPart booking={booking} series={booking.series} zone={zone} />)}
      {isSession(booking) && part("Attendees", <PeoplePart booking={booking} zone={zone} />)}
      {booking.cancellation_reason &&
        part(
          booking.status === "rejected" ? "Reason for rejecting" : "Reason for cancelling",
          <p className="bk-notes">{booking.cancellation_reason}</p>,
        )}
      {booking.notes && part("Notes from the invitee", <p className="bk-notes">{booking.notes}</p>)}
      {booking.answers.length > 0 && part("Answers", <Answers answers={booking.answers} />)}
      {part("History", <History bookingId={booking.id} zone={zone} />)}
    </>
  );
}

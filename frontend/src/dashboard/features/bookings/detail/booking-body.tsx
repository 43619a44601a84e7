import type { Booking } from "../../../api/bookings";
import { Attendees } from "./attendees";
import { ContactFacts } from "./contact-facts";
import { History } from "./history";
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
  const answers = Object.entries(booking.custom_answers).filter(([, answer]) => answer !== "");
  return (
    <>
      <section>
        <WhenCard booking={booking} zone={zone} />
        <ContactFacts booking={booking} />
      </section>
      {booking.attendees.length > 0 && (
        <section>
          <Heading className="bk-part">Attendees</Heading>
          <Attendees booking={booking} zone={zone} />
        </section>
      )}
      {booking.cancellation_reason && (
        <section>
          <Heading className="bk-part">Reason for cancelling</Heading>
          <p>{booking.cancellation_reason}</p>
        </section>
      )}
      {booking.notes && (
        <section>
          <Heading className="bk-part">Notes from the invitee</Heading>
          <p className="bk-notes">{booking.notes}</p>
        </section>
      )}
      {answers.length > 0 && (
        <section>
          <Heading className="bk-part">Answers</Heading>
          <dl className="qa">
            {answers.map(([question, answer]) => (
              <div key={question}>
                <dt>{question}</dt>
                <dd>{Array.isArray(answer) ? answer.join(", ") : String(answer)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section>
        <Heading className="bk-part">History</Heading>
        <History bookingId={booking.id} zone={zone} />
      </section>
    </>
  );
}

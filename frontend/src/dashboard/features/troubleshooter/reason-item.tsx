import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { Link } from "react-router";
import { bookingQuery } from "../../api/bookings";
import type { Reason } from "../../api/explanation";
import { Icon } from "../../components/icon";
import { whoBooked } from "../../lib/booking-people";
import { formatSpan } from "../../lib/instants";
import { type Surroundings, startWords, wordsOf } from "./reason-words";

/** One reason: the rule, what caused it, and the smallest change that would free the time. */
export function ReasonItem({
  reason,
  around,
  onChoose,
}: {
  reason: Reason;
  around: Surroundings;
  onChoose: (start: string) => void;
}) {
  const { title, cause, cure, link, starts } = wordsOf(reason, around);
  return (
    <li className="row ts-reason">
      <b>{title}</b>
      {reason.cause_kind === "booking" ? (
        <BookingCause id={reason.cause_id} fallback={cause} zone={around.zone} />
      ) : (
        cause && <span>{cause}</span>
      )}
      {(cure || link) && (
        <span className="ts-cure">
          {cure && (
            <span>
              <span className="sr">What would free it: </span>
              {cure}
            </span>
          )}
          {starts.map((start) => (
            <button key={start} type="button" className="ts-time t" onClick={() => onChoose(start)}>
              {startWords(start, around)}
            </button>
          ))}
          {link && (
            <Link className="link" to={link.to}>
              {link.label}
              <Icon of={ArrowRight} size={14} flip />
            </Link>
          )}
        </span>
      )}
    </li>
  );
}

/** Whose booking it is; of another organizer's only the time is known. */
function BookingCause({ id, fallback, zone }: { id: string; fallback: string; zone: string }) {
  const { data: booking } = useQuery(bookingQuery(id));
  if (!booking) return <span>{fallback}</span>;
  return (
    <span>
      <Link className="link" to={`/bookings/${booking.id}`}>
        {whoBooked(booking)}, {booking.event_type.name}
      </Link>{" "}
      <span className="t nowrap">{formatSpan(booking.start_time, booking.end_time, zone)}</span>
    </span>
  );
}

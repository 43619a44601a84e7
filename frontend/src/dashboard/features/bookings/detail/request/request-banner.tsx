import { Clock3 } from "lucide-react";
import { useState } from "react";
import { type Booking, useConfirmBooking } from "../../../../api/bookings";
import { ApiProblem, messageOf } from "../../../../api/problem";
import { Button } from "../../../../components/button";
import { Icon } from "../../../../components/icon";
import { showToast } from "../../../../components/toast";
import { firstName } from "../../../../lib/booking-people";
import { formatMoment } from "../../../../lib/instants";
import { timeLeft, useNow } from "../../../../lib/time-left";
import { RejectDialog } from "./reject-dialog";

/** A request: until when it can be answered, and the two answers. */
export function RequestBanner({ booking, zone }: { booking: Booking; zone: string }) {
  const now = useNow();
  const confirm = useConfirmBooking();
  const [isRejecting, setRejecting] = useState(false);
  const name = firstName(booking.invitee_name);
  // Lost just now, or before: the server asks the invitee for another time in both cases.
  const lost = isLost(confirm.error) || Boolean(booking.repick_asked_at);
  const failure = confirm.error && !isLost(confirm.error) ? messageOf(confirm.error) : "";
  const started = Date.parse(booking.start_time) <= now;
  const left = booking.request_expires_at ? timeLeft(booking.request_expires_at, now) : null;
  const isOver = started || (booking.request_expires_at ? left === null : false);
  return (
    <section className="ask" aria-label="Request">
      <p className="ask-head">
        <Icon of={Clock3} />
        <b>{lost ? "This time was taken meanwhile" : `${name} asks for this time`}</b>
      </p>
      <div role="status">
        {lost && (
          <p>
            So it cannot be confirmed. {name} got an e-mail with a link to choose another time, and
            the request stays open until then.
          </p>
        )}
      </div>
      {isOver ? (
        <p>The time to answer is over. The request expires, and {name} is told.</p>
      ) : (
        booking.request_expires_at && (
          <p>
            {left} left to answer, until{" "}
            <span className="t">{formatMoment(booking.request_expires_at, zone)}</span>.
          </p>
        )
      )}
      {failure && (
        <p className="hint error" role="alert">
          {failure}
        </p>
      )}
      {!isOver && (
        <div className="ask-acts">
          <Button
            look={lost ? "plain" : "primary"}
            busy={confirm.isPending}
            // Confirmed, it is gone, and its own callbacks with it.
            onClick={() =>
              confirm.mutateAsync({ id: booking.id }).then(
                () => showToast({ text: `Confirmed. ${name} gets an e-mail.` }),
                () => undefined,
              )
            }
          >
            {lost ? "Try again" : "Confirm"}
          </Button>
          <Button onClick={() => setRejecting(true)}>Reject</Button>
        </div>
      )}
      {isRejecting && <RejectDialog booking={booking} onClose={() => setRejecting(false)} />}
    </section>
  );
}

/** Whether a confirmation failed because the time was taken by somebody else. */
export function isLost(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === "slot_taken";
}

import { type FormEvent, useState } from "react";
import { type Booking, useSetCapacity } from "../../../../api/bookings";
import { ApiProblem, messageOf } from "../../../../api/problem";
import { Button } from "../../../../components/button";
import { Dialog } from "../../../../components/dialog";
import { NumberField } from "../../../../components/number-field";
import { showToast } from "../../../../components/toast";
import { count } from "../../../../lib/words";

const MOST = 100;

/** How many seats this one session has; its event type keeps its own number. */
export function CapacityDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const save = useSetCapacity();
  const [seats, setSeats] = useState<number | null>(booking.capacity);
  const [isSent, setSent] = useState(false);
  const least = Math.max(booking.attendee_count + booking.held_seats, 1);
  const fault = seatsFault(seats, least);
  const refusal = save.error
    ? save.error instanceof ApiProblem
      ? (save.error.fields.capacity ?? save.error.message)
      : messageOf(save.error)
    : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (fault || seats === null) return;
    save.mutate(
      { id: booking.id, capacity: seats },
      {
        onSuccess: () => {
          showToast({ text: `This time has ${count(seats, "seat")} now.` });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title="Change the number of seats" isOpen onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <p className="muted">
          Of this time alone. {booking.event_type.name} keeps its own number for other times.
        </p>
        <NumberField
          label="Seats"
          min={least}
          max={MOST}
          autoFocus
          value={seats}
          onChange={(next) => {
            setSeats(next);
            save.reset();
          }}
          error={(isSent ? fault : undefined) ?? refusal}
          help={
            seats !== null && seats > booking.capacity
              ? "Whoever waits for this time is offered the new seats first."
              : `${least} ${least === 1 ? "is" : "are"} taken or held, so not fewer than that.`
          }
        />
        <div className="actions">
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" type="submit" busy={save.isPending}>
            Change seats
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What is wrong with a number of seats; undefined: nothing. */
export function seatsFault(seats: number | null, least: number): string | undefined {
  if (seats === null || !Number.isInteger(seats) || seats > MOST || seats < 1) {
    return `Use a whole number up to ${MOST}.`;
  }
  return seats < least
    ? `${least} ${least === 1 ? "seat is" : "seats are"} taken or held. Remove somebody first.`
    : undefined;
}

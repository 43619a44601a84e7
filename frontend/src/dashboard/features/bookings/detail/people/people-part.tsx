import { UserPlus } from "lucide-react";
import { type CSSProperties, useState } from "react";
import type { Booking } from "../../../../api/bookings";
import { Button } from "../../../../components/button";
import { Icon } from "../../../../components/icon";
import { count } from "../../../../lib/words";
import { AddAttendeeDialog } from "../../dialogs";
import { canChange } from "../../facts";
import { Attendees } from "./attendees";
import { CapacityDialog } from "./capacity-dialog";

/** The seats of a session, who has them, and giving out another. */
export function PeoplePart({ booking, zone }: { booking: Booking; zone: string }) {
  const [open, setOpen] = useState<"add" | "capacity" | null>(null);
  const close = () => setOpen(null);
  const held = booking.held_seats;
  const left = booking.capacity - booking.attendee_count - held;
  const isOpen = canChange(booking, Date.now());
  return (
    <>
      <div className="seats">
        <p>
          <b className="t">{booking.attendee_count}</b> of {count(booking.capacity, "seat")} taken
          {held > 0 && <span className="muted">, {held} held</span>}
        </p>
        {isOpen && (
          <button type="button" className="link-button" onClick={() => setOpen("capacity")}>
            Change
          </button>
        )}
      </div>
      <div
        className="seat-bar"
        aria-hidden="true"
        style={{ "--of": booking.capacity } as CSSProperties}
      >
        <i style={{ "--seats": booking.attendee_count } as CSSProperties} />
        <i style={{ "--seats": held } as CSSProperties} />
      </div>
      <Attendees booking={booking} zone={zone} />
      {isOpen && (
        <Button disabled={left < 1} onClick={() => setOpen("add")}>
          <Icon of={UserPlus} />
          {left < 1 ? "No seat left" : "Add somebody"}
        </Button>
      )}
      {open === "add" && <AddAttendeeDialog booking={booking} onClose={close} />}
      {open === "capacity" && <CapacityDialog booking={booking} onClose={close} />}
    </>
  );
}

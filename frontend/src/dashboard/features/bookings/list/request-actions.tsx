import { Ban } from "lucide-react";
import { useState } from "react";
import { type Booking, useConfirmBooking } from "../../../api/bookings";
import { messageOf } from "../../../api/problem";
import { ActionMenu } from "../../../components/action-menu";
import { Button } from "../../../components/button";
import { showToast } from "../../../components/toast";
import { firstName, whoBooked } from "../../../lib/booking-people";
import { RejectDialog } from "../detail/request/reject-dialog";
import { isLost } from "../detail/request/request-banner";

/** The two answers to a request, from its row. */
export function RequestActions({ booking }: { booking: Booking }) {
  const confirm = useConfirmBooking();
  const [isRejecting, setRejecting] = useState(false);
  const who = whoBooked(booking);
  const name = firstName(booking.invitee_name);
  return (
    <span className="acts">
      <Button
        aria-label={`Confirm ${who}`}
        busy={confirm.isPending}
        // The row may be gone by the time of the answer: its own callbacks would be, too.
        onClick={() =>
          confirm.mutateAsync({ id: booking.id }).then(
            () => showToast({ text: `Confirmed. ${name} gets an e-mail.` }),
            (error) =>
              showToast({
                text: isLost(error)
                  ? `That time was taken meanwhile. ${name} got a link to choose another.`
                  : messageOf(error),
              }),
          )
        }
      >
        Confirm
      </Button>
      <ActionMenu
        label={`More for ${who}`}
        actions={[
          {
            id: "reject",
            label: "Reject",
            icon: Ban,
            danger: true,
            run: () => setRejecting(true),
          },
        ]}
      />
      {isRejecting && <RejectDialog booking={booking} onClose={() => setRejecting(false)} />}
    </span>
  );
}

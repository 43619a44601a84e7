import { useState } from "react";
import { type Booking, useCancelBooking } from "../../../api/bookings";
import { ConfirmDialog } from "../../../components/confirm-dialog";
import { TextArea } from "../../../components/inputs";
import { showToast } from "../../../components/toast";
import { whoBooked, whoIsTold } from "../../../lib/booking-people";

export function CancelDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const cancel = useCancelBooking();
  const [reason, setReason] = useState("");
  const name = whoIsTold(booking);
  return (
    <ConfirmDialog
      question={`Cancel ${booking.event_type.name} with ${whoBooked(booking)}?`}
      keep="Keep booking"
      confirm="Cancel booking"
      busy={cancel.isPending}
      error={cancel.error}
      isOpen
      onClose={onClose}
      onConfirm={() =>
        cancel.mutate(
          { id: booking.id, reason },
          {
            onSuccess: () => {
              showToast({ text: `Cancelled. ${name} gets an e-mail.` });
              onClose();
            },
          },
        )
      }
    >
      <p>{name} gets an e-mail at once, and the time is free again.</p>
      <TextArea
        label="Reason"
        optional
        rows={2}
        maxLength={2000}
        help={`${name} reads this in the e-mail.`}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  );
}

import { useState } from "react";
import { type Booking, useRejectBooking } from "../../../../api/bookings";
import { ConfirmDialog } from "../../../../components/confirm-dialog";
import { TextArea } from "../../../../components/inputs";
import { showToast } from "../../../../components/toast";
import { firstName, whoBooked } from "../../../../lib/booking-people";

export function RejectDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const reject = useRejectBooking();
  const [reason, setReason] = useState("");
  const name = firstName(booking.invitee_name);
  return (
    <ConfirmDialog
      question={`Reject the request of ${whoBooked(booking)}?`}
      keep="Keep request"
      confirm="Reject request"
      busy={reject.isPending}
      error={reject.error}
      isOpen
      onClose={onClose}
      // The request it belongs to is gone with the answer, and its own callbacks with it.
      onConfirm={() =>
        reject.mutateAsync({ id: booking.id, reason }).then(
          () => {
            showToast({ text: `Rejected. ${name} gets an e-mail.` });
            onClose();
          },
          () => undefined,
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

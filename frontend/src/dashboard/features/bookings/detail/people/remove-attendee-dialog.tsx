import { useState } from "react";
import { useRemoveAttendee } from "../../../../api/attendees";
import type { Attendee, Booking } from "../../../../api/bookings";
import { ConfirmDialog } from "../../../../components/confirm-dialog";
import { TextArea } from "../../../../components/inputs";
import { showToast } from "../../../../components/toast";
import { firstName } from "../../../../lib/booking-people";

export function RemoveAttendeeDialog({
  booking,
  attendee,
  onClose,
}: {
  booking: Booking;
  attendee: Attendee;
  onClose: () => void;
}) {
  const remove = useRemoveAttendee();
  const [reason, setReason] = useState("");
  const name = firstName(attendee.name);
  const isLast = booking.attendees.filter(({ status }) => status !== "cancelled").length === 1;
  return (
    <ConfirmDialog
      question={`Remove ${attendee.name}?`}
      keep={`Keep ${name}`}
      confirm={`Remove ${name}`}
      busy={remove.isPending}
      error={remove.error}
      isOpen
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { bookingId: booking.id, attendeeId: attendee.id, reason },
          {
            onSuccess: () => {
              showToast({ text: `${name} is out. They get an e-mail.` });
              onClose();
            },
          },
        )
      }
    >
      <p>
        {isLast
          ? `${name} is the only one left: without them this time is cancelled.`
          : `${name} gets an e-mail at once, and the seat is free again.`}
      </p>
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

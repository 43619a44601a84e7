import { useState } from "react";
import { type Booking, type Scope, useCancelBooking } from "../../../api/bookings";
import { ConfirmDialog } from "../../../components/confirm-dialog";
import { TextArea } from "../../../components/inputs";
import { showToast } from "../../../components/toast";
import { whoBooked, whoIsTold } from "../../../lib/booking-people";
import { scopeWords } from "./series/scope";
import { ScopeField } from "./series/scope-field";

export function CancelDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const cancel = useCancelBooking();
  const [reason, setReason] = useState("");
  const [scope, setScope] = useState<Scope>("this");
  const name = whoIsTold(booking);
  return (
    <ConfirmDialog
      question={`Cancel ${booking.event_type.name} with ${whoBooked(booking)}?`}
      keep="Keep booking"
      confirm={scope === "this" ? "Cancel booking" : "Cancel these dates"}
      busy={cancel.isPending}
      error={cancel.error}
      isOpen
      onClose={onClose}
      onConfirm={() =>
        cancel.mutate(
          { id: booking.id, reason, ...(booking.series ? { scope } : {}) },
          {
            onSuccess: () => {
              const what = scopeWords(scope);
              const done = what ? `${what} are cancelled.` : "Cancelled.";
              showToast({ text: `${done} ${name} gets an e-mail.` });
              onClose();
            },
          },
        )
      }
    >
      <p>{name} gets an e-mail at once, and the time is free again.</p>
      <ScopeField series={booking.series} legend="Which dates?" value={scope} onChange={setScope} />
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

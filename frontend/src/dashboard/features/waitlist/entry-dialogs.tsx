import { messageOf } from "../../api/problem";
import { useNotifyEntry, useRemoveEntry, type WaitlistEntry } from "../../api/waitlist";
import { Button } from "../../components/button";
import { ConfirmDialog } from "../../components/confirm-dialog";
import { Dialog } from "../../components/dialog";
import { showToast } from "../../components/toast";
import { firstName } from "../../lib/booking-people";

interface Shown {
  entry: WaitlistEntry;
  onClose: () => void;
}

export function RemoveDialog({ entry, onClose }: Shown) {
  const remove = useRemoveEntry();
  const name = firstName(entry.invitee_name) || "them";
  return (
    <ConfirmDialog
      question={`Take ${entry.invitee_name || "this person"} off the waitlist?`}
      keep={`Keep ${name}`}
      confirm={`Remove ${name}`}
      busy={remove.isPending}
      error={remove.error}
      isOpen
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(entry.id, {
          onSuccess: () => {
            showToast({ text: `${name} is off the waitlist.` });
            onClose();
          },
        })
      }
    >
      <p>
        {entry.status === "notified"
          ? "They get an e-mail. The open offer ends at once, and the next in line is offered the time."
          : "They get an e-mail, and everybody behind moves up by one."}
      </p>
    </ConfirmDialog>
  );
}

/** Asked only where somebody is passed over. */
export function OfferDialog({ entry, onClose }: Shown) {
  const notify = useNotifyEntry();
  const name = firstName(entry.invitee_name);
  return (
    <Dialog title={`Offer it to ${entry.invitee_name} first?`} isOpen onClose={onClose}>
      <p>
        {name} is no. {entry.position} in line; whoever is ahead is passed over this once and keeps
        their place.
      </p>
      {notify.error && (
        <p className="hint error" role="alert">
          {messageOf(notify.error)}
        </p>
      )}
      <div className="actions">
        <Button onClick={onClose}>Keep the order</Button>
        <Button
          look="primary"
          busy={notify.isPending}
          onClick={() =>
            notify.mutate(entry.id, {
              onSuccess: () => {
                showToast({ text: `${name} gets an offer by e-mail.` });
                onClose();
              },
            })
          }
        >
          Offer to {name}
        </Button>
      </div>
    </Dialog>
  );
}

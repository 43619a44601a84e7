import { type EventType, useDeleteEventType } from "../../../api/event-types";
import { ConfirmDialog } from "../../../components/confirm-dialog";
import { showToast } from "../../../components/toast";

export function DeleteDialog({
  eventType,
  onClose,
}: {
  eventType: EventType | null;
  onClose: () => void;
}) {
  const remove = useDeleteEventType();
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      question={`Delete ${eventType?.name ?? "this event type"}?`}
      keep="Keep event type"
      confirm="Delete event type"
      busy={remove.isPending}
      error={remove.error}
      isOpen={eventType !== null}
      onClose={close}
      onConfirm={() => {
        if (!eventType) return;
        remove.mutate(eventType.id, {
          onSuccess: () => {
            showToast({ text: `${eventType.name} is deleted. Its bookings stay.` });
            close();
          },
        });
      }}
    >
      <p>Its link stops working at once. Bookings that exist already stay as they are.</p>
    </ConfirmDialog>
  );
}

import { type Schedule, useDeleteSchedule } from "../../api/schedules";
import { ConfirmDialog } from "../../components/confirm-dialog";
import { showToast } from "../../components/toast";

export function DeleteScheduleDialog({
  schedule,
  onDeleted,
  onClose,
}: {
  schedule: Schedule;
  onDeleted: () => void;
  onClose: () => void;
}) {
  const remove = useDeleteSchedule();
  return (
    <ConfirmDialog
      question={`Delete ${schedule.name}?`}
      keep="Keep schedule"
      confirm="Delete schedule"
      busy={remove.isPending}
      error={remove.error}
      isOpen
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(schedule.id, {
          onSuccess: () => {
            showToast({ text: `${schedule.name} is deleted.` });
            onDeleted();
          },
        })
      }
    >
      <p>Event types that use it go over to your default hours.</p>
    </ConfirmDialog>
  );
}

import { useLeaveGuard } from "../lib/use-leave-guard";
import { ConfirmDialog } from "./confirm-dialog";

/** Stands in every form that can be left half done. */
export function LeaveDialog({ dirty }: { dirty: boolean }) {
  const blocker = useLeaveGuard(dirty);
  return (
    <ConfirmDialog
      question="Leave without saving?"
      keep="Keep editing"
      confirm="Leave"
      busy={false}
      error={null}
      isOpen={blocker.state === "blocked"}
      onClose={() => blocker.reset?.()}
      onConfirm={() => blocker.proceed?.()}
    >
      <p className="muted">What you changed here is lost.</p>
    </ConfirmDialog>
  );
}

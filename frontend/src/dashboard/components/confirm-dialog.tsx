import type { ReactNode } from "react";
import { messageOf } from "../api/problem";
import { Button } from "./button";
import { Dialog } from "./dialog";

/** Asks before what cannot be undone; the buttons repeat the verb, the safe one has the focus. */
export function ConfirmDialog({
  question,
  children,
  keep,
  confirm,
  busy,
  error,
  isOpen,
  onClose,
  onConfirm,
}: {
  question: string;
  children: ReactNode;
  keep: string;
  confirm: string;
  busy: boolean;
  error: unknown;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
}) {
  return (
    <Dialog title={question} alert isOpen={isOpen} onClose={onClose}>
      {children}
      {error ? (
        <p className="hint error" role="alert">
          {messageOf(error)}
        </p>
      ) : null}
      <div className="actions">
        <Button autoFocus onClick={onClose}>
          {keep}
        </Button>
        <Button look="danger-solid" busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}

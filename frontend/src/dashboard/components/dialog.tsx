import type { CSSProperties, ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

/** Only for what needs an answer before anything else: the title is the question. */
export function Dialog({
  title,
  alert = false,
  width = 440,
  isOpen,
  onClose,
  children,
}: {
  title: string;
  alert?: boolean;
  width?: number;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      isDismissable={!alert}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="dialog" style={{ "--dialog-width": `${width}px` } as CSSProperties}>
        <AriaDialog role={alert ? "alertdialog" : "dialog"}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

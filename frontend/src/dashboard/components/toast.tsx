import { Check, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Icon } from "./icon";

interface ToastMessage {
  text: string;
  undo?: () => void;
}

/** One at a time: the newest replaces the one before. */
let current: (ToastMessage & { id: number }) | null = null;
let serial = 0;
const listeners = new Set<() => void>();

export function showToast(message: ToastMessage): void {
  serial += 1;
  current = { ...message, id: serial };
  for (const notify of listeners) notify();
}

function dismiss(): void {
  current = null;
  for (const notify of listeners) notify();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const LIFETIME_MS = 8_000;

/** The region is always there, so that screen readers hear what appears in it. */
export function ToastRegion({ wide = false }: { wide?: boolean }) {
  const toast = useSyncExternalStore(subscribe, () => current);
  return (
    <div role="status" aria-live="polite">
      {toast && <Toast key={toast.id} toast={toast} wide={wide} />}
    </div>
  );
}

function Toast({ toast, wide }: { toast: ToastMessage; wide: boolean }) {
  const [paused, setPaused] = useState(false);
  useEffect(() => {
    if (paused) return;
    const timer = setTimeout(dismiss, LIFETIME_MS);
    return () => clearTimeout(timer);
  }, [paused]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only pauses the clock
    <div
      className={wide ? "toast out" : "toast"}
      onMouseEnter={() => setPaused(true)}
      onMouseLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
    >
      <Icon of={Check} />
      <p>{toast.text}</p>
      {toast.undo && (
        <button
          type="button"
          onClick={() => {
            toast.undo?.();
            dismiss();
          }}
        >
          Undo
        </button>
      )}
      <button type="button" className="x" aria-label="Dismiss" onClick={dismiss}>
        <Icon of={X} />
      </button>
    </div>
  );
}

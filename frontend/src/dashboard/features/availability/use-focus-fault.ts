import { useEffect, useRef } from "react";

/**
 * The first field at fault gets the focus after a refusal: by the server (`error`), or by the form
 * itself (`refusals` counts them).
 */
export function useFocusFault(error: unknown, refusals: number) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!error && refusals === 0) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error, refusals]);
  return form;
}

import { useSyncExternalStore } from "react";

/** Whether the window is at least this wide, in CSS pixels. */
export function useWide(pixels: number): boolean {
  const query = window.matchMedia(`(min-width: ${pixels}px)`);
  return useSyncExternalStore(
    (notify) => {
      query.addEventListener("change", notify);
      return () => query.removeEventListener("change", notify);
    },
    () => query.matches,
  );
}

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { BOOKINGS_PATH } from "./bookings";
import { request } from "./client";

/** Where bookings came from: an address of the network, an e-mail address, or both. */
export interface Source {
  ip_address?: string;
  email?: string;
  /** An instant: only what was made since. */
  since?: string;
}

/** How much of it lies ahead. */
export interface UndoCounts {
  bookings: number;
  attendees: number;
  waitlist: number;
  /** What a further call would undo; 0 when that is all. */
  remaining: number;
}

const PATH = `${BOOKINGS_PATH}undo/`;

/** What would be undone. */
export const undoPreviewQuery = (source: Source) =>
  queryOptions({
    queryKey: ["undo", source],
    queryFn: ({ signal }) =>
      request<UndoCounts>("POST", PATH, { body: { ...source, preview: true }, signal }),
    staleTime: 0,
    gcTime: 0,
  });

export function useUndo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (source: Source) => request<UndoCounts>("POST", PATH, { body: source }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["bookings"] }),
        client.invalidateQueries({ queryKey: ["waitlist"] }),
      ]),
  });
}

import { queryOptions } from "@tanstack/react-query";
import { BOOKINGS_PATH } from "./bookings";
import { listAll, request } from "./client";
import type { Schemas } from "./schemas";

export type AuditEntry = Schemas["BookingAudit"] & {
  /** Its place in the booking's chain, from 1. */
  sequence?: number;
  hash?: string;
  is_sealed?: boolean;
  erased_at?: string | null;
};

/** Whether a booking's history is as it was written. */
export interface ChainState {
  is_whole: boolean;
  rows: number;
  sealed_rows: number;
  /** The place of the first entry that was changed or is missing. */
  first_broken: number | null;
}

export const auditQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ["bookings", "audit", bookingId],
    queryFn: ({ signal }) => listAll<AuditEntry>(`${BOOKINGS_PATH}${bookingId}/audit/`, signal),
  });

export const chainQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ["bookings", "chain", bookingId],
    queryFn: ({ signal }) =>
      request<ChainState>("GET", `${BOOKINGS_PATH}${bookingId}/audit/verify/`, { signal }),
  });

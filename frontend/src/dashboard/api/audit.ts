import { queryOptions } from "@tanstack/react-query";
import { BOOKINGS_PATH } from "./bookings";
import { listAll, request } from "./client";
import type { Schemas } from "./schemas";

/** One entry; `sequence` is its place in the booking's chain, from 1. */
export type AuditEntry = Schemas["BookingAudit"];

/** Whether a booking's history is as it was written. */
export type ChainState = Schemas["BookingAuditState"];

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

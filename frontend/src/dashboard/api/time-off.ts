import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { toApiInstant } from "../lib/instants";
import { listAll, queryString, request } from "./client";
import type { Schemas } from "./schemas";

/** Either two local dates (both included) or two instants; the other pair is null. */
export type TimeOff = Required<Schemas["TimeOff"]>;
export type TimeOffInput = Omit<TimeOff, "id" | "created_at">;

const PATH = "/api/v1/availability/out-of-office/";
const KEY = ["time-off"] as const;

/** What has not ended yet, soonest first. */
export const comingTimeOffQuery = queryOptions({
  queryKey: [...KEY, "coming"],
  queryFn: ({ signal }) =>
    listAll<TimeOff>(`${PATH}${queryString({ ends_after: toApiInstant(Date.now()) })}`, signal),
});

/** Past ones too. */
export const allTimeOffQuery = queryOptions({
  queryKey: [...KEY, "all"],
  queryFn: ({ signal }) => listAll<TimeOff>(PATH, signal),
});

/** Without an id it is created. */
export function useSaveTimeOff() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id?: string | undefined; body: TimeOffInput }) =>
      id
        ? request<TimeOff>("PUT", `${PATH}${id}/`, { body })
        : request<TimeOff>("POST", PATH, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useDeleteTimeOff() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<void>("DELETE", `${PATH}${id}/`),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

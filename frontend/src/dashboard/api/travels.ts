import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listAll, request } from "./client";
import type { Schemas } from "./schemas";

/** Between two local dates (both included) the user's hours are read in `timezone`. */
export type Travel = Required<Schemas["Travel"]>;
export type TravelInput = Omit<Travel, "id" | "created_at">;

const PATH = "/api/v1/availability/travel/";

/** All travels, soonest first. */
export const travelsQuery = queryOptions({
  queryKey: ["travels"],
  queryFn: ({ signal }) => listAll<Travel>(PATH, signal),
});

/** Without an id it is created. */
export function useSaveTravel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id?: string | undefined; body: TravelInput }) =>
      id
        ? request<Travel>("PUT", `${PATH}${id}/`, { body })
        : request<Travel>("POST", PATH, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: travelsQuery.queryKey }),
  });
}

export function useDeleteTravel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<void>("DELETE", `${PATH}${id}/`),
    onSuccess: () => client.invalidateQueries({ queryKey: travelsQuery.queryKey }),
  });
}

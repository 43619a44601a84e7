import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listAll, request } from "./client";
import type { Schemas } from "./schemas";

export interface DateOverride {
  date: string;
  /** Empty closes the date. Always pairs, which the API's document cannot say. */
  windows: [start: string, end: string][];
}

export type ScheduleRule = Schemas["Rule"];

export type Schedule = Omit<Required<Schemas["Schedule"]>, "overrides"> & {
  overrides: DateOverride[];
};

export type NewSchedule = Schemas["ScheduleWriteRequest"];
export type ScheduleChanges = Schemas["PatchedScheduleWriteRequest"];

const PATH = "/api/v1/availability/schedules/";

export const schedulesQuery = queryOptions({
  queryKey: ["schedules"],
  queryFn: ({ signal }) => listAll<Schedule>(PATH, signal),
});

export function useSaveSchedule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, changes }: { id: string; changes: ScheduleChanges }) =>
      request<Schedule>("PATCH", `${PATH}${id}/`, { body: changes }),
    onSuccess: (saved) => {
      client.setQueryData(schedulesQuery.queryKey, (list) =>
        list?.map((each) => (each.id === saved.id ? saved : each)),
      );
      // Another schedule may have stopped being the default.
      return client.invalidateQueries({ queryKey: schedulesQuery.queryKey });
    },
  });
}

export function useCreateSchedule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSchedule) => request<Schedule>("POST", PATH, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: schedulesQuery.queryKey }),
  });
}

export function useDeleteSchedule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<void>("DELETE", `${PATH}${id}/`),
    onSuccess: () => client.invalidateQueries({ queryKey: schedulesQuery.queryKey }),
  });
}

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listAll, request } from "./client";
import type { Schemas } from "./schemas";

/** An event type of somebody else that the signed-in user serves. */
export type Hosting = Schemas["Hosting"];

const PATH = "/api/v1/events/hosting/";

export const hostingQuery = queryOptions({
  queryKey: ["hosting"],
  queryFn: ({ signal }) => listAll<Hosting>(PATH, signal),
});

export function useLeaveEventType() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (eventType: string) => request<void>("DELETE", `${PATH}${eventType}/`),
    onSuccess: (_nothing, eventType) =>
      client.setQueryData(hostingQuery.queryKey, (list) =>
        list?.filter((each) => each.event_type !== eventType),
      ),
  });
}

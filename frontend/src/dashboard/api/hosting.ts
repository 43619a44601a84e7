import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listAll, request } from "./client";
import type { Kind } from "./event-types";

/** An event type of somebody else that the signed-in user serves. */
export interface Hosting {
  /** Its id. */
  event_type: string;
  name: string;
  organizer_name: string;
  booking_url: string;
  kind: Kind;
  is_active: boolean;
  required: boolean;
}

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

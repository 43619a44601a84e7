import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listAll, request } from "./client";
import type { Schemas } from "./schemas";

export type EventType = Schemas["EventType"];
export type Kind = EventType["kind"];
export type LocationType = EventType["location_type"];
export type NewEventType = Schemas["EventTypeCreateRequest"];
export type EventTypeChanges = Schemas["PatchedEventTypeCreateRequest"];

const PATH = "/api/v1/events/event-types/";
const LIST_KEY = ["event-types", "list"] as const;

/** Every event type of the organizer: tabs and search work on all of them at once. */
export const eventTypesQuery = queryOptions({
  queryKey: LIST_KEY,
  queryFn: ({ signal }) => listAll<EventType>(PATH, signal),
});

export const eventTypeQuery = (id: string) =>
  queryOptions({
    queryKey: ["event-types", "one", id],
    queryFn: ({ signal }) => request<EventType>("GET", `${PATH}${id}/`, { signal }),
  });

export function useCreateEventType() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewEventType) => request<EventType>("POST", PATH, { body }),
    onSuccess: (created) => remember(client, created),
  });
}

export function useUpdateEventType() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, changes }: { id: string; changes: EventTypeChanges }) =>
      request<EventType>("PATCH", `${PATH}${id}/`, { body: changes }),
    onSuccess: (changed) => remember(client, changed),
  });
}

/** Shows the switch's new state at once and takes it back if the server refuses. */
export function useSetActive() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, is_active }: { id: string; is_active: boolean }) =>
      request<EventType>("PATCH", `${PATH}${id}/`, { body: { is_active } }),
    onMutate: async ({ id, is_active }) => {
      await client.cancelQueries({ queryKey: LIST_KEY });
      const before = client.getQueryData(eventTypesQuery.queryKey);
      client.setQueryData(eventTypesQuery.queryKey, (list) =>
        list?.map((item) => (item.id === id ? { ...item, is_active } : item)),
      );
      return { before };
    },
    onError: (_error, _variables, context) =>
      client.setQueryData(eventTypesQuery.queryKey, context?.before),
    onSuccess: (changed) => remember(client, changed),
  });
}

export function useDuplicateEventType() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<EventType>("POST", `${PATH}${id}/duplicate/`),
    onSuccess: (created) => remember(client, created),
  });
}

export function useDeleteEventType() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<void>("DELETE", `${PATH}${id}/`),
    onSuccess: (_nothing, id) => {
      client.setQueryData(eventTypesQuery.queryKey, (list) =>
        list?.filter((item) => item.id !== id),
      );
      client.removeQueries({ queryKey: eventTypeQuery(id).queryKey });
    },
  });
}

async function remember(client: QueryClient, eventType: EventType) {
  client.setQueryData(eventTypeQuery(eventType.id).queryKey, eventType);
  await client.invalidateQueries({ queryKey: LIST_KEY });
}

import { queryOptions } from "@tanstack/react-query";
import { queryString, request } from "./client";
import type { Schemas } from "./schemas";

export type Explanation = Schemas["Explanation"];
export type Reason = Schemas["Reason"];

/** Why a start (RFC 3339) of an event type is not offered right now; `duration` in minutes. */
export const explanationQuery = (search: { eventType: string; at: string; duration: number }) =>
  queryOptions({
    queryKey: ["explanation", search],
    queryFn: ({ signal }) =>
      request<Explanation>(
        "GET",
        `/api/v1/events/event-types/${search.eventType}/explain/${queryString({
          at: search.at,
          duration: search.duration,
        })}`,
        { signal },
      ),
    // "Right now": what was mended on another screen shows at once.
    staleTime: 0,
  });

import type { WaitingStatus, WaitlistFilters } from "../../api/waitlist";

export type Tab = "waiting" | "booked" | "ended";

export const TABS: { id: Tab; label: string; states: WaitingStatus[] }[] = [
  { id: "waiting", label: "Waiting", states: ["active", "notified"] },
  { id: "booked", label: "Booked", states: ["converted"] },
  { id: "ended", label: "Lapsed and left", states: ["expired", "cancelled"] },
];

/** What the page's address carries. */
export interface WaitlistView {
  tab: Tab;
  eventType: string;
}

export function readView(params: URLSearchParams): WaitlistView {
  const tab = TABS.find(({ id }) => id === params.get("tab"))?.id ?? "waiting";
  return { tab, eventType: params.get("event_type") ?? "" };
}

export function toApiFilters({ tab, eventType }: WaitlistView): WaitlistFilters {
  const states = TABS.find(({ id }) => id === tab)?.states ?? [];
  return { status: states.join(","), event_type: eventType };
}

import type { EventType } from "../../../api/event-types";

export type Tab = "all" | "off";

export function countByTab(eventTypes: readonly EventType[]): Record<Tab, number> {
  return { all: eventTypes.length, off: eventTypes.filter((item) => !item.is_active).length };
}

/** The rows of a tab whose name or address contains the search. */
export function filterEventTypes(
  eventTypes: readonly EventType[],
  tab: Tab,
  search: string,
): EventType[] {
  const wanted = search.trim().toLowerCase();
  return eventTypes.filter(
    (item) =>
      (tab === "all" || !item.is_active) &&
      (item.name.toLowerCase().includes(wanted) || item.event_type_slug.includes(wanted)),
  );
}

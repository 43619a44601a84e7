import { Link, type LucideIcon, MapPin, Phone, RefreshCw, User, Users, Video } from "lucide-react";
import type { EventType, Kind, LocationType } from "../../api/event-types";

interface Place {
  label: string;
  icon: LucideIcon;
}

export const PLACES: Record<LocationType, Place> = {
  video_call: { label: "Video call", icon: Video },
  phone_call: { label: "Phone call", icon: Phone },
  in_person: { label: "In person", icon: MapPin },
  custom: { label: "Somewhere else", icon: Link },
};

/** Where it takes place, as short as a list needs it. */
export function placeOf(eventType: Pick<EventType, "location_type" | "location_details">): Place {
  const place = PLACES[eventType.location_type] ?? PLACES.custom;
  const details = eventType.location_details.split("\n")[0]?.trim();
  const shown = eventType.location_type === "in_person" || eventType.location_type === "custom";
  return shown && details ? { ...place, label: details } : place;
}

/** Who meets, as short as a list needs it: "Group, 6 seats", "3 take turns". */
export function audienceOf(kind: Kind, hosts: number, seats: number): Place {
  if (kind === "group") return { label: `Group, ${seats} seats`, icon: Users };
  if (kind === "collective") {
    return { label: hosts > 1 ? `${hosts} together` : "One host", icon: Users };
  }
  if (kind === "round_robin") {
    return { label: hosts > 1 ? `${hosts} take turns` : "One host", icon: RefreshCw };
  }
  return { label: "One-on-one", icon: User };
}

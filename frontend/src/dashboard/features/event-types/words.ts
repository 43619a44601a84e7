import { Link, type LucideIcon, MapPin, Phone, User, Video } from "lucide-react";
import type { EventType, LocationType } from "../../api/event-types";

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

/** Who meets. A time takes one booking as yet, whatever the number of seats. */
export const AUDIENCE: Place = { label: "One-on-one", icon: User };

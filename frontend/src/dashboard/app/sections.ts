import { CalendarDays, Clock, type LucideIcon, Settings, Sun } from "lucide-react";

interface Section {
  to: string;
  label: string;
  icon: LucideIcon;
}

/** What exists now; a section appears here when its screens do. */
export const SECTIONS: readonly Section[] = [
  { to: "/event-types", label: "Event types", icon: Clock },
  { to: "/bookings", label: "Bookings", icon: CalendarDays },
  { to: "/availability", label: "Availability", icon: Sun },
];

export const SETTINGS: Section = { to: "/settings", label: "Settings", icon: Settings };

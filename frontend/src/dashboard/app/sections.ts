import { CalendarDays, Clock, Hourglass, type LucideIcon, Settings, Sun } from "lucide-react";
import type { ComponentType } from "react";
import { RequestMark, WaitlistMark } from "./section-marks";

interface Section {
  to: string;
  label: string;
  icon: LucideIcon;
  /** How much there waits for the organizer, or for somebody's turn. */
  Mark?: ComponentType;
}

/** What exists now; a section appears here when its screens do. */
export const SECTIONS: readonly Section[] = [
  { to: "/event-types", label: "Event types", icon: Clock },
  { to: "/bookings", label: "Bookings", icon: CalendarDays, Mark: RequestMark },
  { to: "/availability", label: "Availability", icon: Sun },
  { to: "/waitlist", label: "Waitlist", icon: Hourglass, Mark: WaitlistMark },
];

export const SETTINGS: Section = { to: "/settings", label: "Settings", icon: Settings };

/** What the server writes into the page for the script (`<script id="init">`). */
import type { Slot } from "../shared/dates/group-slots";
import type { Question } from "../shared/questions/question";

export interface Organizer {
  name: string;
  slug: string;
  bio: string;
  avatar_url: string;
  timezone: string;
  accent_color: string;
}

export interface EventType {
  id: string;
  name: string;
  slug: string;
  description: string;
  /** `collective` and `round_robin` are served by several hosts. */
  kind: "one_on_one" | "group" | "collective" | "round_robin";
  duration: number;
  durations: number[];
  location_type: "video_call" | "phone_call" | "in_person" | "custom";
  location_label: string;
  max_attendees: number;
  requires_confirmation: boolean;
  /** Only for starts nearer than so many minutes; null: always. */
  confirmation_within_minutes: number | null;
  /** Whether there is a line to stand in for a time that is taken. */
  has_waitlist: boolean;
  /** Whether the host calls the invitee, so that a number is needed. */
  asks_phone: boolean;
  /** Whether a booking is a series of dates. */
  repeats?: boolean;
  /** Asked of everybody who books, in this order. */
  questions: Question[];
}

/** Slots between two dates (both inclusive, in `timezone`), as the slots API answers too. */
export interface SlotWindow {
  timezone: string;
  start_date: string;
  end_date: string;
  duration: number;
  slots: Slot[];
}

export interface ScopeOption {
  value: string;
  label: string;
}

export interface BookingInit {
  page: "booking";
  locale: string;
  messages: Record<string, string>;
  organizer: Organizer;
  event_type: EventType;
  slots: SlotWindow;
  /** The server's clock when it wrote the page. */
  now: string;
  /** The last local date that may ever be offered, when the event type has one. */
  last_date: string | null;
  /** What the link filled in; answers by question id. */
  prefill: { name: string; email: string; answers?: Record<string, unknown> };
  reschedule: null | {
    access_token: string;
    start: string;
    timezone: string;
    /** Of a series: which of its dates the move is for. */
    scopes?: ScopeOption[];
    scope_legend?: string;
  };
}

export function readInit(): BookingInit | null {
  const source = document.getElementById("init")?.textContent;
  return source ? (JSON.parse(source) as BookingInit) : null;
}

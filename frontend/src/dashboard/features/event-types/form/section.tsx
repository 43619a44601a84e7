import type { ReactNode } from "react";
import type { EventTypeValues } from "./values";

export const SECTIONS = [
  { id: "basics", label: "Basics" },
  { id: "hosts", label: "Who meets" },
  { id: "scheduling", label: "Times" },
  { id: "window", label: "Booking window" },
  { id: "limits", label: "Limits" },
  { id: "location", label: "Location" },
  { id: "questions", label: "Questions" },
  { id: "recurrence", label: "Series" },
  { id: "requests", label: "Requests" },
  { id: "waiting", label: "Waiting" },
  { id: "admission", label: "Who may book" },
  { id: "changes", label: "Changes" },
  { id: "privacy", label: "Privacy" },
  { id: "booking", label: "Booking" },
] as const;

export type SectionId = (typeof SECTIONS)[number]["id"];

/** Where each value of the form is shown, so that a fault can be found. */
export const SECTION_OF: Record<keyof EventTypeValues, SectionId> = {
  name: "basics",
  event_type_slug: "basics",
  description: "basics",
  color: "basics",
  duration: "basics",
  durations: "basics",
  kind: "hosts",
  hosts: "hosts",
  max_attendees: "hosts",
  schedule: "scheduling",
  slot_alignment: "scheduling",
  slot_interval_minutes: "scheduling",
  buffer_time_before: "scheduling",
  buffer_time_after: "scheduling",
  min_scheduling_notice: "window",
  window: "window",
  max_scheduling_horizon: "window",
  date_range: "window",
  rolling_days: "window",
  rolling_days_kind: "window",
  max_bookings_per_day: "limits",
  limits: "limits",
  location_type: "location",
  location_details: "location",
  custom_questions: "questions",
  recurrence_type: "recurrence",
  recurrence_rule: "recurrence",
  max_occurrences: "recurrence",
  recurrence_end_date: "recurrence",
  requires_confirmation: "requests",
  confirmation: "requests",
  confirmation_within_minutes: "requests",
  pending_holds_slot: "requests",
  request_expires_minutes: "requests",
  enable_waitlist: "waiting",
  waitlist_offer_minutes: "waiting",
  offers_sooner: "waiting",
  allowed_email_domains: "admission",
  denied_email_domains: "admission",
  requires_email_code: "admission",
  max_upcoming_per_invitee: "admission",
  change_cutoff_minutes: "changes",
  max_reschedules: "changes",
  shows_attendees: "privacy",
  retention_days: "privacy",
  redirect_url_after_booking: "booking",
  is_active: "booking",
  is_private: "booking",
};

export function Section({
  id,
  lead,
  children,
}: {
  id: SectionId;
  lead: string;
  children: ReactNode;
}) {
  const label = SECTIONS.find((section) => section.id === id)?.label;
  return (
    <section className="et-section" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{label}</h2>
      <p className="sub">{lead}</p>
      <div className="form">{children}</div>
    </section>
  );
}

import * as z from "zod/mini";
import type { EventType, Kind, NewEventType } from "../../../api/event-types";
import { HUES } from "../../../lib/hues";
import { limitsSchema } from "../../../lib/limits";
import { questionsSchema, toSent } from "../questions/values";

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const HORIZON_OF_NEW = 86_400;

const wholeNumber = (least: number, most: number, error: string) =>
  z
    .number({ error })
    .check(z.int({ error }), z.minimum(least, { error }), z.maximum(most, { error }));

const optionalWhole = (least: number, most: number, error: string) =>
  z.nullable(wholeNumber(least, most, error));

const buffer = wholeNumber(0, 120, "Use 0 to 120 minutes.");

const hostSchema = z.object({
  user: z.string(),
  required: z.boolean(),
  weight: wholeNumber(1, 100, "Use 1 to 100."),
  priority: wholeNumber(0, 100, "Use 0 to 100."),
  schedule: z.nullable(z.string()),
  name: z.string(),
});

/** What can be told without the server; it checks everything again and has the last word. */
export const eventTypeSchema = z
  .object({
    name: z
      .string()
      .check(
        z.trim(),
        z.minLength(1, { error: "Give it a name." }),
        z.maxLength(200, { error: "Use at most 200 characters." }),
      ),
    event_type_slug: z.string().check(
      z.refine((slug) => slug === "" || SLUG.test(slug), {
        error: "Use small letters, digits and single hyphens.",
      }),
    ),
    description: z.string().check(z.maxLength(5000, { error: "Use at most 5,000 characters." })),
    color: z.enum(HUES),
    duration: wholeNumber(1, 1440, "Use 1 to 1,440 minutes."),
    durations: z.array(z.number()),
    kind: z.enum(["one_on_one", "group", "collective", "round_robin"]),
    hosts: z.array(hostSchema),
    max_attendees: wholeNumber(1, 100, "Use 1 to 100 seats."),
    enable_waitlist: z.boolean(),
    schedule: z.string(),
    slot_alignment: z.enum(["opening", "clock", "packed"]),
    slot_interval_minutes: wholeNumber(0, 60, "Use 0 to 60 minutes."),
    buffer_time_before: buffer,
    buffer_time_after: buffer,
    min_scheduling_notice: wholeNumber(0, 525_600, "Use at most 365 days."),
    /** Which rule ends the booking window; the API tells it by which of them is set. */
    window: z.enum(["open", "horizon", "dates", "rolling"]),
    /** Null: no end. Beside dates and rolling days it is a further end. */
    max_scheduling_horizon: optionalWhole(1, 2_628_000, "Use 1 minute to five years."),
    date_range: z.object({ start: z.string(), end: z.string() }),
    rolling_days: optionalWhole(1, 365, "Use 1 to 365 days."),
    rolling_days_kind: z.enum(["calendar", "business", "available"]),
    max_bookings_per_day: optionalWhole(1, 10_000, "Use a whole number from 1."),
    limits: limitsSchema,
    location_type: z.enum(["video_call", "phone_call", "in_person", "custom"]),
    location_details: z
      .string()
      .check(z.maxLength(1000, { error: "Use at most 1,000 characters." })),
    custom_questions: questionsSchema,
    /** "rule" stands for a rule of one's own; the API tells it by the rule being set. */
    recurrence_type: z.enum(["none", "daily", "weekly", "monthly", "rule"]),
    recurrence_rule: z.string().check(z.maxLength(500, { error: "Use at most 500 characters." })),
    max_occurrences: optionalWhole(1, 365, "Use 1 to 365."),
    recurrence_end_date: z.string(),
    requires_confirmation: z.boolean(),
    /** Whether only near starts are confirmed; the API tells it by the minutes being set. */
    confirmation: z.enum(["always", "near"]),
    confirmation_within_minutes: optionalWhole(1, 525_600, "Use 1 minute to 365 days."),
    pending_holds_slot: z.boolean(),
    request_expires_minutes: wholeNumber(15, 43_200, "Use 15 minutes to 30 days."),
    waitlist_offer_minutes: wholeNumber(5, 10_080, "Use 5 minutes to 7 days."),
    offers_sooner: z.boolean(),
    shows_attendees: z.boolean(),
    change_cutoff_minutes: wholeNumber(0, 525_600, "Use at most 365 days."),
    max_reschedules: optionalWhole(0, 100, "Use 0 to 100."),
    max_upcoming_per_invitee: optionalWhole(1, 1000, "Use 1 to 1,000."),
    allowed_email_domains: z.array(z.string()),
    denied_email_domains: z.array(z.string()),
    requires_email_code: z.boolean(),
    retention_days: optionalWhole(1, 3650, "Use 1 to 3,650 days."),
    redirect_url_after_booking: z.string().check(
      z.refine((url) => url === "" || /^https?:\/\/\S+$/.test(url), {
        error: "Use a web address that starts with https://.",
      }),
    ),
    is_active: z.boolean(),
    is_private: z.boolean(),
  })
  .check(
    z.refine(
      (values) => !needsDetails(values.location_type) || values.location_details.trim() !== "",
      {
        path: ["location_details"],
        error: "Say where: invitees see it when they book.",
      },
    ),
    z.refine((values) => values.buffer_time_before <= values.duration, {
      path: ["buffer_time_before"],
      error: "A buffer may be as long as the meeting, not longer.",
    }),
    z.refine((values) => values.buffer_time_after <= values.duration, {
      path: ["buffer_time_after"],
      error: "A buffer may be as long as the meeting, not longer.",
    }),
    z.refine(
      ({ requires_confirmation, confirmation, confirmation_within_minutes }) =>
        !requires_confirmation || confirmation !== "near" || confirmation_within_minutes !== null,
      { path: ["confirmation_within_minutes"], error: "Say how near." },
    ),
    z.refine((values) => !values.requires_confirmation || bookedAtOnce(values) === null, {
      path: ["requires_confirmation"],
      error: "Switch confirmation off, or change what it does not go with.",
    }),
    z.refine(
      ({ recurrence_type, recurrence_rule }) =>
        recurrence_type !== "rule" || recurrence_rule.trim() !== "",
      { path: ["recurrence_rule"], error: "Write the rule, or choose how it repeats." },
    ),
    z.refine((values) => values.recurrence_type === "none" || hasEnd(values), {
      path: ["max_occurrences"],
      error: "Say when it ends: a number, a day, or both.",
    }),
    z.refine(({ kind, max_attendees }) => kind !== "group" || max_attendees > 1, {
      path: ["max_attendees"],
      error: "A group has at least two seats.",
    }),
    z.refine(({ kind, hosts }) => !isTeam(kind) || hosts.length > 0, {
      path: ["hosts"],
      error: "Add at least one host.",
    }),
    z.refine(
      ({ kind, hosts }) =>
        kind !== "round_robin" || hosts.length === 0 || hosts.some(({ required }) => !required),
      { path: ["hosts"], error: "Let at least one host take turns." },
    ),
    z.refine(
      ({ window, max_scheduling_horizon }) =>
        window !== "horizon" || max_scheduling_horizon !== null,
      { path: ["max_scheduling_horizon"], error: "Say how far ahead, or choose no end." },
    ),
    z.refine(({ window, rolling_days }) => window !== "rolling" || rolling_days !== null, {
      path: ["rolling_days"],
      error: "Say how many days.",
    }),
    z.refine(
      ({ window, date_range: { start, end } }) => window !== "dates" || start !== "" || end !== "",
      { path: ["date_range", "start"], error: "Choose a first day, a last day, or both." },
    ),
    z.refine(({ date_range: { start, end } }) => start === "" || end === "" || start <= end, {
      path: ["date_range", "end"],
      error: "The last day comes before the first.",
    }),
  );

export type EventTypeValues = z.infer<typeof eventTypeSchema>;
export type HostValues = EventTypeValues["hosts"][number];
export type WindowMode = EventTypeValues["window"];

/** Whether several hosts serve one event type. */
export function isTeam(kind: Kind): boolean {
  return kind === "collective" || kind === "round_robin";
}

export function needsDetails(location: string): boolean {
  return location === "in_person" || location === "custom";
}

/** Whether a series comes to an end: by a number, a day, or its own rule. */
function hasEnd(
  values: Pick<
    EventTypeValues,
    "recurrence_type" | "recurrence_rule" | "max_occurrences" | "recurrence_end_date"
  >,
): boolean {
  if (values.max_occurrences !== null || values.recurrence_end_date !== "") return true;
  return values.recurrence_type === "rule" && /\b(COUNT|UNTIL)=/i.test(values.recurrence_rule);
}

/** What makes an event type one that is booked at once and cannot wait for a yes; null: nothing. */
export function bookedAtOnce(
  values: Pick<EventTypeValues, "kind" | "max_attendees" | "recurrence_type">,
): "group" | "series" | null {
  if (hasSeats(values)) return "group";
  return values.recurrence_type !== "none" ? "series" : null;
}

/** Whether several people may book into one time. */
export function hasSeats({
  kind,
  max_attendees,
}: Pick<EventTypeValues, "kind" | "max_attendees">): boolean {
  return kind !== "one_on_one" && max_attendees > 1;
}

/** A host as they are added: in a round robin they take turns. */
export function newHost(code: string, name: string, kind: Kind): HostValues {
  const required = kind !== "round_robin";
  return { user: code, required, weight: 1, priority: 0, schedule: null, name };
}

export const NEW_EVENT_TYPE: EventTypeValues = {
  name: "",
  event_type_slug: "",
  description: "",
  color: "teal",
  duration: 30,
  durations: [],
  kind: "one_on_one",
  hosts: [],
  max_attendees: 1,
  enable_waitlist: false,
  schedule: "",
  slot_alignment: "opening",
  slot_interval_minutes: 0,
  buffer_time_before: 0,
  buffer_time_after: 0,
  min_scheduling_notice: 240,
  window: "horizon",
  max_scheduling_horizon: HORIZON_OF_NEW,
  date_range: { start: "", end: "" },
  rolling_days: null,
  rolling_days_kind: "calendar",
  max_bookings_per_day: null,
  limits: [],
  location_type: "video_call",
  location_details: "",
  custom_questions: [],
  recurrence_type: "none",
  recurrence_rule: "",
  max_occurrences: null,
  recurrence_end_date: "",
  requires_confirmation: false,
  confirmation: "always",
  confirmation_within_minutes: null,
  pending_holds_slot: true,
  request_expires_minutes: 2880,
  waitlist_offer_minutes: 120,
  offers_sooner: true,
  shows_attendees: false,
  change_cutoff_minutes: 0,
  max_reschedules: null,
  max_upcoming_per_invitee: null,
  allowed_email_domains: [],
  denied_email_domains: [],
  requires_email_code: false,
  retention_days: null,
  redirect_url_after_booking: "",
  is_active: true,
  is_private: false,
};

function windowOf(eventType: EventType): WindowMode {
  if (eventType.rolling_days !== null) return "rolling";
  if (eventType.date_range !== null) return "dates";
  return eventType.max_scheduling_horizon === 0 ? "open" : "horizon";
}

/** The form's values of an event type; what this server does not know keeps its default. */
export function toValues(eventType: EventType): EventTypeValues {
  const known = Object.fromEntries(
    Object.entries(eventType).filter(([name, value]) => name in NEW_EVENT_TYPE && value !== null),
  ) as Partial<EventTypeValues>;
  return {
    ...NEW_EVENT_TYPE,
    ...known,
    durations: eventType.durations.filter((minutes) => minutes !== eventType.duration),
    window: windowOf(eventType),
    recurrence_type: eventType.recurrence_rule ? "rule" : eventType.recurrence_type,
    confirmation: eventType.confirmation_within_minutes === null ? "always" : "near",
    max_scheduling_horizon: eventType.max_scheduling_horizon || null,
    date_range: { start: eventType.date_range?.start ?? "", end: eventType.date_range?.end ?? "" },
  };
}

/** What is sent: what was chosen away from is cleared, and empty texts of references become null. */
export function toInput(values: EventTypeValues): NewEventType {
  const { window, confirmation, ...sent } = values;
  const repeats = values.recurrence_type !== "none";
  const { start, end } = values.date_range;
  return {
    ...sent,
    name: values.name.trim(),
    hosts: sentHosts(values),
    custom_questions: toSent(values.custom_questions),
    max_attendees: values.kind === "one_on_one" ? 1 : values.max_attendees,
    schedule: values.schedule || null,
    max_scheduling_horizon: window === "open" ? 0 : (values.max_scheduling_horizon ?? 0),
    date_range: window === "dates" ? { start: start || null, end: end || null } : null,
    rolling_days: window === "rolling" ? values.rolling_days : null,
    confirmation_within_minutes:
      confirmation === "near" ? values.confirmation_within_minutes : null,
    recurrence_type: values.recurrence_type === "rule" ? "none" : values.recurrence_type,
    recurrence_rule: values.recurrence_type === "rule" ? values.recurrence_rule.trim() : "",
    max_occurrences: repeats ? values.max_occurrences : null,
    recurrence_end_date: repeats ? values.recurrence_end_date || null : null,
  };
}

/** A single host who serves it already goes on serving it; none is the organizer alone. */
function sentHosts({ kind, hosts }: EventTypeValues): NonNullable<NewEventType["hosts"]> {
  if (!isTeam(kind) && hosts.length !== 1) return [];
  return hosts.map(({ name: _name, ...host }) => host);
}

import * as z from "zod/mini";
import type { EventType, NewEventType } from "../../../api/event-types";
import { HUES } from "../../../lib/hues";

/** What a limit counts: bookings, or minutes, in a period. */
export const PERIODS = [
  "day",
  "week",
  "month",
  "total_minutes_per_day",
  "total_minutes_per_week",
  "total_minutes_per_month",
] as const;

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const wholeNumber = (least: number, most: number, error: string) =>
  z
    .number({ error })
    .check(z.int({ error }), z.minimum(least, { error }), z.maximum(most, { error }));

const optionalWhole = (least: number, most: number, error: string) =>
  z.nullable(wholeNumber(least, most, error));

const buffer = wholeNumber(0, 120, "Use 0 to 120 minutes.");

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
    schedule: z.string(),
    min_scheduling_notice: wholeNumber(0, 525_600, "Use at most 365 days."),
    max_scheduling_horizon: wholeNumber(0, 2_628_000, "Use at most five years."),
    buffer_time_before: buffer,
    buffer_time_after: buffer,
    slot_interval_minutes: wholeNumber(0, 60, "Use 0 to 60 minutes."),
    slot_alignment: z.enum(["opening", "clock", "packed"]),
    max_bookings_per_day: optionalWhole(1, 1000, "Use a whole number from 1."),
    limits: z.array(
      z.object({ per: z.enum(PERIODS), max: wholeNumber(1, 50_000, "Use a whole number from 1.") }),
    ),
    date_range: z.object({ start: z.string(), end: z.string() }),
    max_attendees: wholeNumber(1, 100, "Use 1 to 100 seats."),
    enable_waitlist: z.boolean(),
    location_type: z.enum(["video_call", "phone_call", "in_person", "custom"]),
    location_details: z
      .string()
      .check(z.maxLength(1000, { error: "Use at most 1,000 characters." })),
    recurrence_type: z.enum(["none", "daily", "weekly", "monthly"]),
    recurrence_rule: z.string().check(z.maxLength(500, { error: "Use at most 500 characters." })),
    max_occurrences: optionalWhole(1, 365, "Use 1 to 365."),
    recurrence_end_date: z.string(),
    redirect_url_after_booking: z.string().check(
      z.refine((url) => url === "" || /^https?:\/\/\S+$/.test(url), {
        error: "Use a web address that starts with https://.",
      }),
    ),
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
    z.refine(({ date_range: { start, end } }) => start === "" || end === "" || start <= end, {
      path: ["date_range", "end"],
      error: "The last day comes before the first.",
    }),
  );

export type EventTypeValues = z.infer<typeof eventTypeSchema>;

export function needsDetails(location: string): boolean {
  return location === "in_person" || location === "custom";
}

export const NEW_EVENT_TYPE: EventTypeValues = {
  name: "",
  event_type_slug: "",
  description: "",
  color: "teal",
  duration: 30,
  durations: [],
  schedule: "",
  min_scheduling_notice: 240,
  max_scheduling_horizon: 86_400,
  buffer_time_before: 0,
  buffer_time_after: 0,
  slot_interval_minutes: 0,
  slot_alignment: "opening",
  max_bookings_per_day: null,
  limits: [],
  date_range: { start: "", end: "" },
  max_attendees: 1,
  enable_waitlist: false,
  location_type: "video_call",
  location_details: "",
  recurrence_type: "none",
  recurrence_rule: "",
  max_occurrences: null,
  recurrence_end_date: "",
  redirect_url_after_booking: "",
  is_private: false,
};

/** The form's values of an event type; what this server does not know keeps its default. */
export function toValues(eventType: EventType): EventTypeValues {
  const known = Object.fromEntries(
    Object.entries(eventType).filter(([name, value]) => name in NEW_EVENT_TYPE && value !== null),
  ) as Partial<EventTypeValues>;
  return {
    ...NEW_EVENT_TYPE,
    ...known,
    durations: eventType.durations.filter((minutes) => minutes !== eventType.duration),
    date_range: { start: eventType.date_range?.start ?? "", end: eventType.date_range?.end ?? "" },
  };
}

/** What is sent: empty texts of optional references become null, untouched series settings go. */
export function toInput(values: EventTypeValues): NewEventType {
  const repeats = values.recurrence_type !== "none";
  const { start, end } = values.date_range;
  return {
    ...values,
    name: values.name.trim(),
    durations: values.durations,
    schedule: values.schedule || null,
    date_range: start || end ? { start: start || null, end: end || null } : null,
    recurrence_rule: repeats ? values.recurrence_rule.trim() : "",
    max_occurrences: repeats ? values.max_occurrences : null,
    recurrence_end_date: repeats ? values.recurrence_end_date || null : null,
  };
}

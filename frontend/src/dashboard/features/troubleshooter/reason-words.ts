import { dayInZone } from "../../../shared/dates/days";
import { showSameTime } from "../../../shared/tz/zones";
import type { Reason } from "../../api/explanation";
import { formatDay, formatMoment, formatTime } from "../../lib/instants";
import { describeMinutes } from "../../lib/minutes";
import { count } from "../../lib/words";
import { zoneCity } from "../../lib/zones";

/** What the screen knows besides the reason itself. */
export interface Surroundings {
  /** The start that was asked about, RFC 3339. */
  at: string;
  eventType: string;
  /** The organizer's zone: in it every time is told. */
  zone: string;
  now: number;
  /** The organizer's account id: only their own hours can be opened. */
  me: string;
  schedules: readonly { id: string; name: string }[];
}

export interface ReasonWords {
  /** The rule that fails, in one sentence. */
  title: string;
  /** What caused it, as exactly as it is known; may be empty. */
  cause: string;
  /** The smallest change that would free the start; empty where there is none. */
  cure: string;
  /** Where that change is made. */
  link: { to: string; label: string } | null;
  /** Starts (RFC 3339) that would do instead. */
  starts: string[];
}

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g;
const DAY = /\d{4}-\d{2}-\d{2}/g;

/** One reason of the API as an organizer would say it. Unknown ones keep the server's sentence. */
export function wordsOf(reason: Reason, around: Surroundings): ReasonWords {
  const own = OWN_WORDS[reason.cause_kind]?.(reason, around) ?? {};
  return {
    title: TITLES[reason.cause_kind] ?? TITLE_OF_CODE[reason.code] ?? "It cannot be booked",
    cause: sentence(tellTimes(reason.detail, around)),
    cure: sentence(tellCure(reason.cure, around)),
    link: linkOf(reason, around),
    starts: [],
    ...own,
  };
}

/** A start that would do instead: its time alone where it is on the day that was asked about. */
export function startWords(start: string, { at, zone, now }: Surroundings): string {
  const isSameDay = dayInZone(start, zone) === dayInZone(at, zone);
  return isSameDay ? formatTime(start, zone) : formatMoment(start, zone, now);
}

const TITLES: Readonly<Record<string, string>> = {
  schedule: "Outside the weekly hours",
  override: "That date has hours of its own",
  rule: "A rule closes these hours",
  out_of_office: "Out of office",
  holiday: "A public holiday",
  calendar: "The calendar is busy",
  hold: "Another visitor is booking it right now",
  notice: "Too soon",
  horizon: "Too far ahead",
  date_range: "Outside the dates it is offered on",
  rolling_days: "Too far ahead",
  limit: "A limit is reached",
  grid: "Not one of the start times",
  hosts: "Nobody is there to take it",
};

const TITLE_OF_CODE: Readonly<Record<string, string>> = {
  outside_hours: "Outside the hours",
  booked: "Booked",
  buffer: "Too close to another booking",
  calendar_busy: "The calendar is busy",
  held: "Another visitor is booking it right now",
  too_soon: "Too soon",
  too_far: "Too far ahead",
  limit_reached: "A limit is reached",
  full: "Every seat is taken",
  off_grid: "Not one of the start times",
};

const OWN_WORDS: Readonly<
  Record<string, (reason: Reason, around: Surroundings) => Partial<ReasonWords>>
> = {
  schedule: (reason, { schedules, zone, at, me }) => {
    const name = schedules.find(({ id }) => id === reason.cause_id)?.name;
    return {
      cause: `${name ? `“${name}” is` : "The hours are"} closed then${tellClock(reason, zone, at)}.`,
      cure:
        !reason.host || reason.host === me
          ? "Open these hours, on this date or every week."
          : "Ask them to open these hours, on this date or every week.",
    };
  },
  override: (reason, around) => ({
    cause: `${tellDays(reason.cause_id, around)} is closed then.`,
    cure: "Change the hours of that date.",
  }),
  rule: () => ({ cause: "", cure: "Leave that date out of the rule." }),
  out_of_office: () => ({ cause: "An absence covers it.", cure: "Shorten the absence." }),
  holiday: (reason, around) => ({
    cause: `${tellDays(reason.cause_id.replace("holiday:", ""), around)} is closed.`,
    cure: "Keep that holiday open.",
  }),
  calendar: () => ({ cure: "Move that event, or mark it as free." }),
  hold: () => ({ cure: "Wait: the time is free again if they do not finish." }),
  notice: (reason, { at, now, zone }) => {
    if (Date.parse(at) < now)
      return { title: "It is in the past", cause: "", cure: "", link: null };
    const [, minutes = "0"] = reason.detail.match(/^(\d+) minutes' notice/) ?? [];
    const first = reason.detail.match(INSTANT)?.[0];
    const told = first ? ` The first start is ${formatMoment(first, zone, now)}.` : "";
    return { cause: `It asks for ${describeMinutes(Number(minutes))} of notice.${told}` };
  },
  horizon: ({ cure }) => {
    // The form counts days: the smallest number of them that reaches the start.
    const minutes = Number(cure.match(/(\d+) minutes/)?.[1] ?? Number.NaN);
    const days = Math.ceil(minutes / 1440);
    return Number.isNaN(minutes) ? {} : { cure: `Make it bookable ${count(days, "day")} ahead.` };
  },
  date_range: () => ({ cure: "Widen the dates." }),
  grid: (reason) => {
    const starts = reason.cure.match(INSTANT) ?? [];
    const [, minutes, alignment = ""] = reason.detail.match(/(\d+) minutes apart \((\w+)\)/) ?? [];
    const counted = ALIGNMENTS[alignment];
    return {
      ...(counted
        ? { cause: `Starts are ${describeMinutes(Number(minutes))} apart, ${counted}.` }
        : {}),
      starts,
      cure: starts.length > 0 ? "Choose a start time next to it:" : "",
    };
  },
};

const ALIGNMENTS: Readonly<Record<string, string>> = {
  opening: "counted from the start of the hours",
  clock: "on the clock",
  packed: "counted from the end of what comes before",
};

/** Which screen changes what is in the way; null where none of the organizer's does. */
function linkOf(reason: Reason, around: Surroundings): ReasonWords["link"] {
  if (reason.cause_kind === "limit" && reason.cause_id.startsWith("booking_limits")) {
    return { to: "/settings#limits", label: "Your limits" };
  }
  const section = SECTION_OF_CODE[reason.code] ?? SECTION_OF_CAUSE[reason.cause_kind];
  if (section) {
    return { to: `/event-types/${around.eventType}/edit#${section}`, label: "Edit event type" };
  }
  if (reason.host && reason.host !== around.me) return null;
  const page = PAGE_OF_CAUSE[reason.cause_kind];
  if (!page) return null;
  const known = around.schedules.some(({ id }) => id === reason.cause_id);
  return known ? { ...page, to: `${page.to}?schedule=${reason.cause_id}` } : page;
}

const YOUR_HOURS = { to: "/availability", label: "Your hours" };

const PAGE_OF_CAUSE: Readonly<Record<string, { to: string; label: string }>> = {
  schedule: YOUR_HOURS,
  override: YOUR_HOURS,
  rule: YOUR_HOURS,
  out_of_office: { to: "/availability/time-off", label: "Your time off" },
  holiday: { to: "/availability/holidays", label: "Your holidays" },
};

const SECTION_OF_CODE: Readonly<Record<string, string>> = { buffer: "scheduling", full: "hosts" };

const SECTION_OF_CAUSE: Readonly<Record<string, string>> = {
  notice: "window",
  horizon: "window",
  date_range: "window",
  rolling_days: "window",
  limit: "limits",
  grid: "scheduling",
  hosts: "hosts",
};

/** The form's words for the API's fields. */
const FIELDS: readonly (readonly [field: string, words: string])[] = [
  ["min_notice", "the minimum notice"],
  ["buffer_before", "the minutes free before"],
  ["buffer_after", "the minutes free after"],
  ["rolling_days", "the number of days"],
  ["the capacity", "the number of seats"],
];

function tellCure(cure: string, around: Surroundings): string {
  const named = FIELDS.reduce((text, [field, words]) => text.replace(field, words), cure);
  return tellTimes(tellMinutes(named), around);
}

function tellMinutes(text: string): string {
  return text.replace(/(\d+) minutes/g, (_all, minutes: string) =>
    describeMinutes(Number(minutes)),
  );
}

/** Instants and dates inside the server's sentence, as this screen tells them. */
function tellTimes(text: string, around: Surroundings): string {
  const told = text
    .replace(new RegExp(`(${INSTANT.source}) to (${INSTANT.source})`, "g"), (_all, from, to) =>
      tellSpan(from, to, around),
    )
    .replace(INSTANT, (instant) => formatMoment(instant, around.zone, around.now));
  return tellDays(told, around);
}

/** ": it is Tue 3 March, 19:00 in Tokyo" where the hours are read on another clock. */
function tellClock({ detail }: Reason, zone: string, at: string): string {
  const [, day, time, other] = detail.match(/^(\S+) (\d{2}:\d{2}) (\S+) is outside/) ?? [];
  if (!day || !time || !other || showSameTime(other, zone, at)) return "";
  return `: it is ${formatDay(day, day, "short")}, ${time} in ${zoneCity(other)}`;
}

function tellSpan(from: string, to: string, { zone, now }: Surroundings): string {
  const sameDay = dayInZone(from, zone) === dayInZone(Date.parse(to) - 1, zone);
  const end = sameDay ? formatTime(to, zone) : formatMoment(to, zone, now);
  return `${formatMoment(from, zone, now)} – ${end}`;
}

function tellDays(text: string, { zone, now }: Surroundings): string {
  return text.replace(DAY, (day) => formatDay(day, dayInZone(now, zone), "short"));
}

function sentence(text: string): string {
  if (text === "") return "";
  const started = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.:!?]$/.test(started) ? started : `${started}.`;
}

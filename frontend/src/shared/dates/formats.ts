/**
 * Words for days and times in one locale. Weekdays are formatted apart from dates: some engines
 * order or even garble the two when they are asked for together in fa and he.
 */
import { type Day, firstDayOf, type Month, parseDay } from "./days";

const atNoon = (day: Day): Date => parseDay(day).toDate("UTC");

/** Every formatter is costly to make and cheap to use: one per set of options. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { calendar: "gregory", ...options });
    formatters.set(key, made);
  }
  return made;
}

const ofDay = (locale: string, day: Day, options: Intl.DateTimeFormatOptions): string =>
  formatter(locale, { timeZone: "UTC", ...options }).format(atNoon(day));

export const weekdayName = (locale: string, day: Day, width: "long" | "short" | "narrow"): string =>
  ofDay(locale, day, { weekday: width });

export const dateName = (locale: string, day: Day, width: "long" | "short" = "long"): string =>
  ofDay(locale, day, { day: "numeric", month: width });

export const dayNumber = (locale: string, day: Day): string =>
  new Intl.NumberFormat(locale).format(parseDay(day).day);

export interface MonthPart {
  text: string;
  isYear: boolean;
}

/** "March 2027" in the locale's order, the year marked so that it can be shown quieter. */
export function monthParts(locale: string, month: Month): MonthPart[] {
  return formatter(locale, { timeZone: "UTC", month: "long", year: "numeric" })
    .formatToParts(atNoon(firstDayOf(month)))
    .map(({ type, value }) => ({ text: value, isYear: type === "year" }));
}

export type Clock = "h12" | "h23";

export function usualClock(locale: string): Clock {
  const cycle = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hourCycle;
  return cycle === "h11" || cycle === "h12" ? "h12" : "h23";
}

/** The wall time of an instant in `zone`: "9:30 AM" or "09:30". */
export function timeName(
  locale: string,
  instant: string | number,
  zone: string,
  clock: Clock,
): string {
  return formatter(locale, {
    timeZone: zone,
    hour: clock === "h12" ? "numeric" : "2-digit",
    minute: "2-digit",
    hourCycle: clock,
  }).format(typeof instant === "number" ? instant : Date.parse(instant));
}

/** The hour of the day (0-23) an instant has in `zone`. */
export function hourInZone(instant: string, zone: string): number {
  const hour = formatter("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" });
  return Number(hour.format(Date.parse(instant)));
}

/** The zone's abbreviation at an instant ("CEST"): tells the two 02:30 of an autumn night apart. */
export function zoneAbbreviation(locale: string, instant: string, zone: string): string {
  const parts = formatter(locale, {
    timeZone: zone,
    hour: "numeric",
    timeZoneName: "short",
  }).formatToParts(Date.parse(instant));
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

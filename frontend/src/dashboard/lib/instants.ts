/** The shared date words bound to the dashboard's locale and clock. Days are "2027-03-11". */
import { type Day, dayInZone, startOfDay } from "../../shared/dates/days";
import { dateName, timeName, usualClock, weekdayName } from "../../shared/dates/formats";
import { displayLocale } from "./locale";

/** "09:30" on the clock of `zone`. */
export function formatTime(instant: string, zone: string): string {
  const locale = displayLocale();
  return timeName(locale, instant, zone, usualClock(locale));
}

/** "09:30 – 10:00" on the clock of `zone`. */
export function formatSpan(start: string, end: string, zone: string): string {
  return `${formatTime(start, zone)} – ${formatTime(end, zone)}`;
}

/** "Thursday 11 March", with the year when it is not `today`'s. */
export function formatDay(day: Day, today: Day, weekday: "long" | "short" = "long"): string {
  const locale = displayLocale();
  const words = `${weekdayName(locale, day, weekday)} ${dateName(locale, day)}`;
  const year = day.slice(0, 4);
  return year === today.slice(0, 4) ? words : `${words} ${year}`;
}

/** "Wed 10 March, 09:30": for history lines. */
export function formatMoment(instant: string, zone: string, now = Date.now()): string {
  const day = formatDay(dayInZone(instant, zone), dayInZone(now, zone), "short");
  return `${day}, ${formatTime(instant, zone)}`;
}

/** "Today, Thursday 11 March", "Tomorrow, …" or the day alone. */
export function dayHeading(day: Day, today: Day): string {
  const words = formatDay(day, today);
  const distance = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  if (distance === 0) return `Today, ${words}`;
  return distance === 1 ? `Tomorrow, ${words}` : words;
}

/** The first instant of a local day, as the API wants it. */
export function dayStart(day: Day, zone: string): string {
  return toApiInstant(startOfDay(day, zone));
}

export function toApiInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}

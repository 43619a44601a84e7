import { dayInZone } from "../../../shared/dates/days";
import type { WaitlistEntry, WaitlistFigures } from "../../api/waitlist";
import { dayStart, formatMoment, formatSpan, formatTime } from "../../lib/instants";

const DAY = 86_400_000;

/** What somebody waits for, as short as a row needs it: "09:30", "Any time", "09:00 – 12:00". */
export function wishWords(
  { desired_start_time: start, desired_end_time: end }: WaitlistEntry,
  zone: string,
): string {
  if (end === null) return formatTime(start, zone);
  const day = dayInZone(start, zone);
  const begins = Date.parse(dayStart(day, zone));
  // The last instant that still fits is just before the end.
  const last = dayInZone(new Date(Date.parse(end) - 1).toISOString(), zone);
  if (last !== day) return `${formatTime(start, zone)}, until ${formatMoment(end, zone)}`;
  const isWhole = Date.parse(start) <= begins && Date.parse(end) - begins >= DAY - 2 * 3_600_000;
  return isWhole ? "Any time" : formatSpan(start, end, zone);
}

/** "71 %": the share of those no longer waiting who got a time; empty while there is none. */
export function rateWords({ conversion_rate }: WaitlistFigures): string {
  return conversion_rate === null ? "" : `${Math.round(conversion_rate * 100)} %`;
}

import { type Day, dayInZone } from "../../../../shared/dates/days";
import type { TimeOff } from "../../../api/time-off";
import { formatDay, formatMoment, formatSpan, formatTime } from "../../../lib/instants";
import { count } from "../../../lib/words";
import { formatDays, formatStart, sayDayCount } from "../spans";

/** "Thu 24 – Sat 26 December", or "Thursday 24 December, 14:00 – 17:30". */
export function whenOf(entry: TimeOff, zone: string, now: number): string {
  const today = dayInZone(now, zone);
  if (entry.start && entry.end) {
    const day = dayInZone(entry.start, zone);
    // What ends at midnight still belongs to one day.
    const isOneDay = day === dayInZone(Date.parse(entry.end) - 1, zone);
    if (isOneDay) return `${formatDay(day, today)}, ${formatSpan(entry.start, entry.end, zone)}`;
    const start = formatStart(day, dayInZone(entry.end, zone), today);
    return `${start}, ${formatTime(entry.start, zone)} – ${formatMoment(entry.end, zone, now)}`;
  }
  return formatDays(entry.start_date ?? "", entry.end_date ?? "", today);
}

/** "9 days", "3 h 30 min". */
export function lengthOf(entry: TimeOff): string {
  if (entry.start && entry.end) return sayLength(Date.parse(entry.end) - Date.parse(entry.start));
  return sayDayCount(entry.start_date ?? "", entry.end_date ?? "");
}

/** "45 min", "3 h 30 min", "2 days 4 h": of milliseconds, in the parts that are not zero. */
export function sayLength(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [days && count(days, "day"), hours && `${hours} h`];
  return [...parts, minutes % 60 && `${minutes % 60} min`].filter(Boolean).join(" ") || "0 min";
}

/** Whether it is going on at `now`; whole days are the user's. */
export function isNow(entry: TimeOff, zone: string, now: number): boolean {
  if (entry.start && entry.end) {
    return Date.parse(entry.start) <= now && now < Date.parse(entry.end);
  }
  const today: Day = dayInZone(now, zone);
  return (entry.start_date ?? "") <= today && today <= (entry.end_date ?? "");
}

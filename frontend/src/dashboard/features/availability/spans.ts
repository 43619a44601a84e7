/** Words for spans of whole days. `today` decides whether a year has to be named. */
import { type Day, monthOf } from "../../../shared/dates/days";
import { dateName, dayNumber } from "../../../shared/dates/formats";
import { formatDay } from "../../lib/instants";
import { displayLocale } from "../../lib/locale";
import { count } from "../../lib/words";

/** "Thursday 11 March", or "Thu 11 March – Sat 13 March". */
export function formatDays(first: Day, last: Day, today: Day): string {
  if (first === last) return formatDay(first, today);
  return `${formatDay(first, today, "short")} – ${formatDay(last, today, "short")}`;
}

/** To begin a sentence: "On 10 March", "From 10 to 12 March". */
export function sayDays(first: Day, last: Day, today: Day): string {
  if (first === last) return `On ${dateWithYear(last, today)}`;
  const locale = displayLocale();
  const start = dateName(locale, first);
  // "10 to 12 March", where the locale writes the day first.
  const short = monthOf(first) === monthOf(last) && start.startsWith(dayNumber(locale, first));
  const sameYear = first.slice(0, 4) === last.slice(0, 4);
  const from = short ? dayNumber(locale, first) : sameYear ? start : dateWithYear(first, today);
  return `From ${from} to ${dateWithYear(last, today)}`;
}

export function countDays(first: Day, last: Day): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;
}

export const sayDayCount = (first: Day, last: Day): string => count(countDays(first, last), "day");

function dateWithYear(day: Day, today: Day): string {
  const date = dateName(displayLocale(), day);
  const year = day.slice(0, 4);
  return year === today.slice(0, 4) ? date : `${date} ${year}`;
}

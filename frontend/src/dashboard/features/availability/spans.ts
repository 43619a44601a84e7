/** Words for spans of whole days. `today` decides whether a year has to be named. */
import { type Day, monthOf } from "../../../shared/dates/days";
import { dateName, dayNumber, weekdayName } from "../../../shared/dates/formats";
import { formatDay } from "../../lib/instants";
import { displayLocale } from "../../lib/locale";
import { count } from "../../lib/words";

/** For `max` of date inputs: keeps browsers from taking a fifth digit of a year. */
export const LAST_DATE: Day = "9999-12-31";

/** "Thursday 11 March", "Thu 11 – Sat 13 March", or "Tue 30 March – Fri 2 April". */
export function formatDays(first: Day, last: Day, today: Day): string {
  if (first === last) return formatDay(first, today);
  const locale = displayLocale();
  const start = isShortStart(first, last)
    ? `${weekdayName(locale, first, "short")} ${dayNumber(locale, first)}`
    : formatStart(first, last, today);
  return `${start} – ${formatDay(last, today, "short")}`;
}

/** The first day of several, without a year that the last one names: "Thu 11 March". */
export function formatStart(first: Day, last: Day, today: Day): string {
  return formatDay(first, isSameYear(first, last) ? last : today, "short");
}

/** To begin a sentence: "On 10 March", "From 10 to 12 March". */
export function sayDays(first: Day, last: Day, today: Day): string {
  if (first === last) return `On ${dateWithYear(last, today)}`;
  const locale = displayLocale();
  const from = isShortStart(first, last)
    ? dayNumber(locale, first)
    : dateWithYear(first, isSameYear(first, last) ? last : today);
  return `From ${from} to ${dateWithYear(last, today)}`;
}

/** Whether the month need be named only once: "10 to 12 March", where the day comes first. */
function isShortStart(first: Day, last: Day): boolean {
  const locale = displayLocale();
  return (
    monthOf(first) === monthOf(last) && dateName(locale, first).startsWith(dayNumber(locale, first))
  );
}

const isSameYear = (one: Day, other: Day): boolean => one.slice(0, 4) === other.slice(0, 4);

export function countDays(first: Day, last: Day): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;
}

export const sayDayCount = (first: Day, last: Day): string => count(countDays(first, last), "day");

function dateWithYear(day: Day, today: Day): string {
  const date = dateName(displayLocale(), day);
  return isSameYear(day, today) ? date : `${date} ${day.slice(0, 4)}`;
}

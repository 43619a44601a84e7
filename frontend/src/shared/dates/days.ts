/**
 * Days, months and weeks as a calendar page needs them. A day is the text "2027-03-11", a month
 * "2027-03", an instant RFC 3339 in UTC; which day an instant falls on depends on the zone asked.
 */
import {
  type CalendarDate,
  endOfMonth,
  fromAbsolute,
  getDayOfWeek,
  parseDate,
  startOfWeek,
  toCalendarDate,
} from "@internationalized/date";

export type Day = string;
export type Month = string;

export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstDayOf = (month: Month): Day => `${month}-01`;
export const lastDayOf = (month: Month): Day => endOfMonth(parseDate(firstDayOf(month))).toString();

export function addMonths(month: Month, count: number): Month {
  return monthOf(parseDate(firstDayOf(month)).add({ months: count }).toString());
}

/** The day on which `instant` (milliseconds since 1970 or RFC 3339) falls in `zone`. */
export function dayInZone(instant: number | string, zone: string): Day {
  const ms = typeof instant === "number" ? instant : Date.parse(instant);
  return toCalendarDate(fromAbsolute(ms, zone)).toString();
}

/** The first instant of `day` in `zone`, also where the clock jumps over midnight. */
export function startOfDay(day: Day, zone: string): number {
  return parseDate(day).toDate(zone).getTime();
}

/** The instants `[from, to)` that make up the days `first` to `last` (inclusive) in `zone`. */
export function spanOfDays(first: Day, last: Day, zone: string): [from: number, to: number] {
  return [startOfDay(first, zone), startOfDay(addDays(last, 1), zone)];
}

export function addDays(day: Day, count: number): Day {
  return parseDate(day).add({ days: count }).toString();
}

/**
 * The rows of a month's page: 4 to 6 weeks of seven cells, `null` where a cell belongs to a
 * neighbouring month. Weeks start as `locale` has them.
 */
export function weeksOf(month: Month, locale: string): (Day | null)[][] {
  const first = parseDate(firstDayOf(month));
  const last = endOfMonth(first);
  const weeks: (Day | null)[][] = [];
  let cursor: CalendarDate = startOfWeek(first, locale);
  while (cursor.compare(last) <= 0) {
    const week: (Day | null)[] = [];
    for (let column = 0; column < 7; column += 1) {
      week.push(monthOf(cursor.toString()) === month ? cursor.toString() : null);
      cursor = cursor.add({ days: 1 });
    }
    weeks.push(week);
  }
  return weeks;
}

export type DayMove = { days: number } | { weekEdge: "start" | "end" } | { months: number };

/** Where the calendar's keys lead from `day`; months keep the day's number where it exists. */
export function moveDay(day: Day, move: DayMove, locale: string): Day {
  const date = parseDate(day);
  if ("days" in move) return date.add({ days: move.days }).toString();
  if ("months" in move) return date.add({ months: move.months }).toString();
  const column = getDayOfWeek(date, locale);
  return date.add({ days: move.weekEdge === "start" ? -column : 6 - column }).toString();
}

export const parseDay = (day: Day): CalendarDate => parseDate(day);

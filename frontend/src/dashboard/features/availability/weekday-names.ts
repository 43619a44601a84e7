import { weekdayName } from "../../../shared/dates/formats";
import { displayLocale } from "../../lib/locale";
import { WEEKDAYS, type Weekday } from "./draft";

/** The first of January 2024 was a Monday. */
export function nameOf(weekday: Weekday, width: "long" | "short" = "long"): string {
  return weekdayName(displayLocale(), `2024-01-0${weekday}`, width);
}

/** The weekdays in the organizer's order; `weekStart` is an ISO weekday. */
export function weekdaysFrom(weekStart: number): Weekday[] {
  return WEEKDAYS.map((weekday) => (((weekday + weekStart - 2) % 7) + 1) as Weekday);
}

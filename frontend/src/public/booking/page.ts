/** What every part of the booking page needs to speak and to tell time, made once per page. */

import { type Day, dayInZone, type Month } from "../../shared/dates/days";
import type { MonthPart } from "../../shared/dates/formats";
import {
  type Clock,
  dateName,
  dayNumber,
  monthParts,
  timeName,
  weekdayName,
} from "../../shared/dates/formats";
import type { BookingInit } from "../init";
import { type Translate, translator } from "../messages";

export interface Page {
  init: BookingInit;
  t: Translate;
  /** Whether several hosts serve it, so that who comes is open until it is booked. */
  hasTeam: boolean;
  /** The locale of dates and numbers: the visitor's own variant of the page's language. */
  locale: string;
  /** The server's clock, in milliseconds: the visitor's may be wrong. */
  now(): number;
  /** "Thursday 11 March" */
  dayName(day: Day): string;
  /** "Thu 11 March" */
  shortDayName(day: Day): string;
  monthParts(month: Month): MonthPart[];
  dayNumber(day: Day): string;
  weekday(day: Day, width: "long" | "short" | "narrow"): string;
  dateName(day: Day): string;
  time(instant: string, zone: string, clock: Clock): string;
  /** "Thu 11 March, 10:30" */
  dayAndTime(instant: string, zone: string, clock: Clock): string;
}

/** The visitor's variant of the page's language ("en-GB" on an English page), else the page's. */
export function formatLocale(pageLocale: string, preferred: readonly string[]): string {
  const language = pageLocale.split("-")[0];
  return preferred.find((locale) => locale.split("-")[0] === language) ?? pageLocale;
}

export function makePage(init: BookingInit, preferred: readonly string[]): Page {
  const locale = formatLocale(init.locale, preferred);
  const t = translator(init.messages, init.locale);
  const ahead = Date.parse(init.now) - Date.now();
  const name = (day: Day, width: "long" | "short") =>
    t("day_name", { weekday: weekdayName(locale, day, width), date: dateName(locale, day) });
  const time = (instant: string, zone: string, clock: Clock) =>
    timeName(locale, instant, zone, clock);
  return {
    init,
    t,
    hasTeam: init.event_type.kind === "collective" || init.event_type.kind === "round_robin",
    locale,
    now: () => Date.now() + ahead,
    dayName: (day) => name(day, "long"),
    shortDayName: (day) => name(day, "short"),
    monthParts: (month) => monthParts(locale, month),
    dayNumber: (day) => dayNumber(locale, day),
    weekday: (day, width) => weekdayName(locale, day, width),
    dateName: (day) => dateName(locale, day),
    time,
    dayAndTime: (instant, zone, clock) =>
      t("day_time", {
        day: name(dayInZone(instant, zone), "short"),
        time: time(instant, zone, clock),
      }),
  };
}

import type { Booking, Scope, SeriesPlace } from "../../../../api/bookings";
import { count } from "../../../../lib/words";

export interface ScopeChoice {
  value: Scope;
  label: string;
}

/** How much of a series can be changed from one of its dates; none where it stands alone. */
export function scopesOf(series: SeriesPlace | null): ScopeChoice[] {
  if (!series || series.of < 2) return [];
  const following = series.of - series.position + 1;
  const choices: ScopeChoice[] = [{ value: "this", label: "Only this date" }];
  if (following > 1 && series.position > 1) {
    choices.push({ value: "following", label: "This and all following dates" });
  }
  choices.push({ value: "all", label: "All dates that are still ahead" });
  return choices;
}

const DATES: Record<Scope, string> = {
  this: "",
  following: "This and all following dates",
  all: "All dates ahead",
};

/** For sentences about what was done: "All dates ahead", empty for the one date. */
export function scopeWords(scope: Scope): string {
  return DATES[scope];
}

/** "Date 2 of 6". */
export function placeWords(series: SeriesPlace): string {
  return `Date ${series.position} of ${series.of}`;
}

/** "Weekly", "Every 2 weeks on Tue": a rule in words; empty where it says more than words do. */
export function ruleWords(rule: string): string {
  const parts = new Map(
    rule
      .replace(/^RRULE:/i, "")
      .split(";")
      .map((part) => part.toUpperCase().split("=", 2) as [string, string]),
  );
  const known = new Set(["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"]);
  if ([...parts.keys()].some((name) => !known.has(name))) return "";
  const unit = UNITS[parts.get("FREQ") ?? ""];
  const days = (parts.get("BYDAY") ?? "").split(",").filter(Boolean);
  if (!unit || days.some((day) => !(day in DAYS))) return "";
  const every = Number(parts.get("INTERVAL") ?? 1);
  const pace = every === 1 ? unit.alone : `Every ${count(every, unit.one)}`;
  return days.length === 0 ? pace : `${pace} on ${days.map((day) => DAYS[day]).join(", ")}`;
}

const UNITS: Readonly<Record<string, { alone: string; one: string }>> = {
  DAILY: { alone: "Daily", one: "day" },
  WEEKLY: { alone: "Weekly", one: "week" },
  MONTHLY: { alone: "Monthly", one: "month" },
  YEARLY: { alone: "Yearly", one: "year" },
};

const DAYS: Readonly<Record<string, string>> = {
  MO: "Mon",
  TU: "Tue",
  WE: "Wed",
  TH: "Thu",
  FR: "Fri",
  SA: "Sat",
  SU: "Sun",
};

/** Whether a date of a series was moved out of its row, or called off. */
export function exceptionOf(booking: Booking): "moved" | "off" | null {
  if (["cancelled", "rejected", "expired"].includes(booking.status)) return "off";
  return booking.is_recurring_exception ? "moved" : null;
}

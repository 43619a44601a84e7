import type { Booking, Scope, SeriesPlace } from "../../../../api/bookings";

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

/** Whether a date of a series was moved out of its row, or called off. */
export function exceptionOf(booking: Booking): "moved" | "off" | null {
  if (["cancelled", "rejected", "expired"].includes(booking.status)) return "off";
  return booking.is_recurring_exception ? "moved" : null;
}

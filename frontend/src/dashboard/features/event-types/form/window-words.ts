import { describeMinutes } from "../../../lib/minutes";
import { count } from "../../../lib/words";
import type { EventTypeValues } from "./values";

type Window = Partial<
  Pick<
    EventTypeValues,
    | "min_scheduling_notice"
    | "window"
    | "max_scheduling_horizon"
    | "rolling_days"
    | "rolling_days_kind"
  >
> & { date_range?: Partial<EventTypeValues["date_range"]> | undefined };

/** The booking window in one sentence; what is not filled in yet is left out. */
export function bookableWords(values: Window): string {
  const notice = values.min_scheduling_notice || 0;
  const latest = notice === 0 ? "until the start" : `until ${describeMinutes(notice)} before`;
  return `Bookable ${[latest, ...earliestWords(values)].join(", ")}.`;
}

function earliestWords({
  window,
  max_scheduling_horizon: horizon,
  rolling_days: days,
  rolling_days_kind: kind,
  date_range: { start = "", end = "" } = {},
}: Window): string[] {
  const ahead = horizon ? [`at most ${describeMinutes(horizon)} ahead`] : [];
  if (window === "open") return ["as far ahead as you like"];
  if (window === "rolling" && days) {
    const words = {
      calendar: `today and the ${count(days, "day")} after it`,
      business: `today and the ${count(days, "weekday")} after it`,
      available: `the next ${count(days, "day")} with free times`,
    };
    return [words[kind ?? "calendar"], ...ahead];
  }
  if (window === "dates") {
    const from = start ? [`from ${start}`] : [];
    const until = end ? [`until ${end}`] : [];
    return [[...from, ...until].join(" "), ...ahead].filter(Boolean);
  }
  return horizon ? [`up to ${describeMinutes(horizon)} ahead`] : [];
}

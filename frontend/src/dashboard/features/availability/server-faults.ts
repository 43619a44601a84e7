import { ApiProblem, messageOf } from "../../api/problem";
import { type Draft, type Weekday, weekdayOfIndex } from "./draft";

/** The server's complaints, by the part of the screen that shows them. */
export interface Faults {
  name?: string;
  timezone?: string;
  week: Partial<Record<Weekday, string>>;
  overrides: Record<string, string>;
  rules: Record<number, string>;
  /** What belongs to no part, or the summary. */
  summary?: string;
}

export const NO_FAULTS: Faults = { week: {}, overrides: {}, rules: {} };

/** `draft` is what was sent: faults name list items by their index in it. */
export function readFaults(error: unknown, draft: Draft): Faults {
  const faults: Faults = { week: {}, overrides: {}, rules: {}, summary: messageOf(error) };
  if (!(error instanceof ApiProblem)) return faults;
  for (const [path, message] of Object.entries(error.fields)) {
    const [field = "", position = ""] = path.split(".");
    const index = Number(position);
    const weekday = field === "weekly" ? weekdayOfIndex(draft, index) : undefined;
    const date = field === "overrides" ? draft.overrides[index]?.date : undefined;
    if (weekday) faults.week[weekday] ??= message;
    else if (date) faults.overrides[date] ??= message;
    else if (field === "rules" && position) faults.rules[index] ??= message;
    else if (field === "name" || field === "timezone") faults[field] ??= message;
    else faults.summary = message;
  }
  return faults;
}

import { count } from "./words";

/** "Weekly", "Every 2 weeks on Tue": an RRULE in words; empty where it says more than words do. */
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

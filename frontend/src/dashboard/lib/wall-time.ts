import { timeName } from "../../shared/dates/formats";

/** Wall-clock times of a schedule, as "HH:MM"; "24:00" is the end of a day. */

export const DAY_END = 1440;

export function toMinutes(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

export function toWallTime(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return `${String(hours).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Choices for a time select: every quarter of an hour, plus the value itself if it is none. */
export function timeChoices(value: string, kind: "start" | "end"): string[] {
  const first = kind === "start" ? 0 : 15;
  const last = kind === "start" ? DAY_END - 15 : DAY_END;
  const choices: string[] = [];
  for (let minute = first; minute <= last; minute += 15) choices.push(toWallTime(minute));
  return choices.includes(value) ? choices : [...choices, value].sort();
}

/** The clock of `zone` at an instant (RFC 3339), as "HH:MM" whatever the locale. */
export function wallTimeOf(instant: string, zone: string): string {
  return timeName("en-GB", instant, zone, "h23");
}

import { fromAbsolute, parseDateTime, toZoned } from "@internationalized/date";
import { addDays, type Day } from "../../../../shared/dates/days";
import { instantsAt } from "../../../lib/instants-at";

/**
 * The instants between two wall times of a zone are those whose reading lies between them, as
 * everywhere in the schedule. So a time that the clock shows twice counts from its first showing
 * to its last, and one that the clock jumps over is the moment of the jump.
 */

/** The first instant (ms) of what begins at `day`, `time`; "24:00" is the next day's midnight. */
export function startInstant(day: Day, time: string, zone: string): number {
  const shown = showingsOf(day, time, zone).at(0);
  return shown ? Date.parse(shown) : jumpOver(day, time, zone);
}

/** The first instant (ms) after what ends at `day`, `time`. */
export function endInstant(day: Day, time: string, zone: string): number {
  const shown = showingsOf(day, time, zone).at(-1);
  return shown ? Date.parse(shown) : jumpOver(day, time, zone);
}

/** How often the clock of `zone` shows this wall time. */
export function clockKind(day: Day, time: string, zone: string): "skipped" | "once" | "twice" {
  const count = showingsOf(day, time, zone).length;
  if (count === 1) return "once";
  return count === 0 ? "skipped" : "twice";
}

function showingsOf(day: Day, time: string, zone: string): string[] {
  return instantsAt(...ofOneDay(day, time), zone);
}

function ofOneDay(day: Day, time: string): [Day, string] {
  return time === "24:00" ? [addDays(day, 1), "00:00"] : [day, time];
}

/** The instant at which the clock of `zone` jumps over this wall time, to the second. */
function jumpOver(day: Day, time: string, zone: string): number {
  const wall = parseDateTime(ofOneDay(day, time).join("T"));
  let before = toZoned(wall, zone, "earlier").toDate().getTime();
  let after = toZoned(wall, zone, "later").toDate().getTime();
  const { offset } = fromAbsolute(after, zone);
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2000) * 1000;
    if (fromAbsolute(middle, zone).offset === offset) after = middle;
    else before = middle;
  }
  return after;
}

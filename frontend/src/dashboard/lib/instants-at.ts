import { parseDateTime, toCalendarDateTime, toZoned } from "@internationalized/date";
import type { Day } from "../../shared/dates/days";
import { toApiInstant } from "./instants";

/**
 * The instants at which a clock in `zone` shows `time` ("10:30") on `day`: one, as a rule; none
 * when the clock jumps over it, two when it is set back. Empty, too, for what is no day or time.
 */
export function instantsAt(day: Day, time: string, zone: string): string[] {
  const wall = readWall(day, time);
  if (!wall) return [];
  const instants = (["earlier", "later"] as const)
    .map((side) => toZoned(wall, zone, side))
    .filter((zoned) => toCalendarDateTime(zoned).compare(wall) === 0)
    .map((zoned) => toApiInstant(zoned.toDate().getTime()));
  return [...new Set(instants)];
}

function readWall(day: Day, time: string) {
  try {
    return parseDateTime(`${day}T${time}`);
  } catch {
    return null;
  }
}

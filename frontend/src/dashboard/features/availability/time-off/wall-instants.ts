import { fromAbsolute, parseDateTime, toZoned } from "@internationalized/date";
import { addDays, type Day } from "../../../../shared/dates/days";

/**
 * The instants between two wall times of a zone are those whose reading lies between them, as
 * everywhere in the schedule. So a time that the clock shows twice counts from its first showing
 * to its last, and one that the clock jumps over is the moment of the jump.
 */

/** The first instant (ms) of what begins at `day`, `time`; "24:00" is the next day's midnight. */
export function startInstant(day: Day, time: string, zone: string): number {
  const { earliest, latest, kind } = readingsOf(day, time, zone);
  return kind === "skipped" ? jumpBetween(earliest, latest, zone) : earliest;
}

/** The first instant (ms) after what ends at `day`, `time`. */
export function endInstant(day: Day, time: string, zone: string): number {
  const { earliest, latest, kind } = readingsOf(day, time, zone);
  return kind === "skipped" ? jumpBetween(earliest, latest, zone) : latest;
}

/** How often the clock of `zone` shows this wall time. */
export function clockKind(day: Day, time: string, zone: string): "once" | "twice" | "skipped" {
  return readingsOf(day, time, zone).kind;
}

function readingsOf(day: Day, time: string, zone: string) {
  const wall =
    time === "24:00" ? parseDateTime(`${addDays(day, 1)}T00:00`) : parseDateTime(`${day}T${time}`);
  const earliest = toZoned(wall, zone, "earlier").toDate().getTime();
  const latest = toZoned(wall, zone, "later").toDate().getTime();
  if (earliest === latest) return { earliest, latest, kind: "once" as const };
  const shown = fromAbsolute(earliest, zone);
  const isShown = shown.hour === wall.hour && shown.minute === wall.minute;
  return { earliest, latest, kind: isShown ? ("twice" as const) : ("skipped" as const) };
}

/** The instant between the two at which the zone's offset changes, to the second. */
function jumpBetween(before: number, after: number, zone: string): number {
  const offset = fromAbsolute(after, zone).offset;
  let still = before;
  let changed = after;
  while (changed - still > 1000) {
    const middle = still + Math.floor((changed - still) / 2000) * 1000;
    if (fromAbsolute(middle, zone).offset === offset) changed = middle;
    else still = middle;
  }
  return changed;
}

import { type Day, dayInZone, startOfDay } from "../../../../shared/dates/days";
import type { Booking } from "../../../api/bookings";
import type { Schedule } from "../../../api/schedules";
import { toMinutes } from "../../../lib/wall-time";

/** Where a booking stands in its day's column, in minutes since midnight and in lanes. */
export interface Block {
  booking: Booking;
  start: number;
  length: number;
  lane: number;
  lanes: number;
}

/** Minutes by the clock since midnight of `day`; past the day's end it is the end. */
export function minuteOf(instant: string, day: Day, zone: string): number {
  if (dayInZone(instant, zone) > day) return 1440;
  // Elapsed time is the wall time on every day but the two on which the clock changes; there
  // the block is off by that hour, as in every week grid of equal days.
  return Math.max(0, (Date.parse(instant) - startOfDay(day, zone)) / 60_000);
}

/** Blocks of one day; those that overlap share the width, at most two beside each other. */
export function layOutDay(bookings: readonly Booking[], day: Day, zone: string): Block[] {
  const blocks = bookings
    .filter((booking) => dayInZone(booking.start_time, zone) === day)
    .map((booking) => {
      const start = minuteOf(booking.start_time, day, zone);
      const end = minuteOf(booking.end_time, day, zone);
      return { booking, start, length: Math.max(end - start, 15), lane: 0, lanes: 1 };
    })
    .sort((one, other) => one.start - other.start);
  let cluster: Block[] = [];
  let clusterEnd = 0;
  for (const block of blocks) {
    if (block.start >= clusterEnd) cluster = [];
    const taken = new Set(
      cluster.filter((each) => each.start + each.length > block.start).map((each) => each.lane),
    );
    while (taken.has(block.lane)) block.lane += 1;
    cluster.push(block);
    clusterEnd = Math.max(clusterEnd, block.start + block.length);
    const lanes = Math.max(...cluster.map((each) => each.lane)) + 1;
    for (const each of cluster) each.lanes = lanes;
  }
  return blocks;
}

export type Window = [start: number, end: number];

/**
 * The schedule's open windows of a day in minutes, or null where this page cannot tell: rules
 * are expanded by the server only, and another zone's hours do not line up with this grid.
 */
export function openWindows(schedule: Schedule, day: Day, zone: string): Window[] | null {
  if (schedule.rules.length > 0 || schedule.timezone !== zone) return null;
  const override = schedule.overrides.find(({ date }) => date === day);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  const windows: Window[] = override
    ? override.windows.map(([start, end]) => [toMinutes(start), toMinutes(end)])
    : schedule.weekly
        .filter((window) => window.weekday === weekday)
        .map(({ start, end }) => [toMinutes(start), toMinutes(end)]);
  return windows.sort(([one], [other]) => one - other);
}

/** What lies between the open windows, within the visible hours. */
export function closedWindows(open: readonly Window[], from: number, to: number): Window[] {
  const closed: Window[] = [];
  let cursor = from;
  for (const [start, end] of open) {
    if (start > cursor) closed.push([cursor, Math.min(start, to)]);
    cursor = Math.max(cursor, end);
  }
  if (cursor < to) closed.push([cursor, to]);
  return closed.filter(([start, end]) => end > start);
}

/** Whole hours that hold every block and open window with an hour of air, at least 08:00-18:00. */
export function visibleHours(
  blocks: readonly Block[],
  windows: readonly Window[],
): { from: number; to: number } {
  const starts = [...blocks.map(({ start }) => start), ...windows.map(([start]) => start - 60)];
  const ends = [
    ...blocks.map(({ start, length }) => start + length),
    ...windows.map(([, end]) => end + 60),
  ];
  return {
    from: Math.max(0, Math.floor(Math.min(480, ...starts) / 60) * 60),
    to: Math.min(1440, Math.ceil(Math.max(1080, ...ends) / 60) * 60),
  };
}

/** The first day of the week that holds `day`; weeks start on ISO weekday `weekStart`. */
export function weekOf(day: Day, weekStart: number): Day[] {
  const date = new Date(`${day}T00:00:00Z`);
  const back = ((date.getUTCDay() || 7) - weekStart + 7) % 7;
  return Array.from({ length: 7 }, (_, index) => {
    const each = new Date(date);
    each.setUTCDate(each.getUTCDate() - back + index);
    return each.toISOString().slice(0, 10);
  });
}

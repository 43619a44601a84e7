/** Slots by the invitee's days and parts of the day. */
import { type Day, dayInZone } from "./days";
import { hourInZone } from "./formats";

export interface Slot {
  start: string;
  end: string;
  seats_left?: number;
}

export type DayPart = "morning" | "afternoon" | "evening";

/** Slots (in order of start) by the day each falls on in `zone`. */
export function groupByDay(slots: Iterable<Slot>, zone: string): Map<Day, Slot[]> {
  const days = new Map<Day, Slot[]>();
  for (const slot of slots) {
    const day = dayInZone(slot.start, zone);
    const sameDay = days.get(day);
    if (sameDay) sameDay.push(slot);
    else days.set(day, [slot]);
  }
  return days;
}

const partOf = (hour: number): DayPart =>
  hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";

/** One day's slots by part of the day, in order, empty parts left out. */
export function groupByPart(slots: readonly Slot[], zone: string): [DayPart, Slot[]][] {
  const parts = new Map<DayPart, Slot[]>();
  for (const slot of slots) {
    const part = partOf(hourInZone(slot.start, zone));
    parts.set(part, [...(parts.get(part) ?? []), slot]);
  }
  return [...parts];
}

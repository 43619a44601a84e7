import { addDays, type Day, dayInZone, spanOfDays } from "../../../../shared/dates/days";
import type { TimeOff, TimeOffInput } from "../../../api/time-off";
import { toApiInstant } from "../../../lib/instants";
import { toMinutes } from "../../../lib/wall-time";
import { endInstant, startInstant } from "./wall-instants";

/** Time off while it is edited. Dates and times are the user's; the times count unless `whole`. */
export interface Draft {
  whole: boolean;
  /** Both days included; empty until chosen. */
  first: Day | "";
  last: Day | "";
  start: string;
  /** "24:00" is the end of `last`. */
  end: string;
  note: string;
}

export type Place = "first" | "last" | "note";

/** Where the dialog shows complaints about the API's fields. */
export const PLACES: Readonly<Record<string, Place>> = {
  start_date: "first",
  start: "first",
  end_date: "last",
  end: "last",
  note: "note",
};

export const NEW_DRAFT: Draft = {
  whole: true,
  first: "",
  last: "",
  start: "09:00",
  end: "17:00",
  note: "",
};

export function toDraft(entry: TimeOff, zone: string): Draft {
  if (entry.start && entry.end) {
    const [lastDay, end] = wallEnd(entry.end, zone);
    const start = wallTime(entry.start, zone);
    const first = dayInZone(entry.start, zone);
    return { whole: false, first, last: lastDay, start, end, note: entry.note };
  }
  const { start_date, end_date, note } = entry;
  return { ...NEW_DRAFT, first: start_date ?? "", last: end_date ?? "", note };
}

/** Choosing a first day after the last one, or before any last one, moves the last one along. */
export function withFirst(draft: Draft, first: Day | ""): Draft {
  return { ...draft, first, last: draft.last === "" || draft.last < first ? first : draft.last };
}

/** What is missing or impossible, by place. */
export function findProblems(draft: Draft, zone: string): Partial<Record<Place, string>> {
  if (draft.first === "") return { first: "Choose a day." };
  if (draft.last === "") return { last: "Choose a day." };
  if (draft.last < draft.first) return { last: "The last day comes before the first." };
  const [from, to] = spanOf(draft, zone);
  return to > from ? {} : { last: "The end has to come after the start." };
}

/** The instants (ms) that are taken off, `[from, to)`. */
export function spanOf(draft: Draft, zone: string): [from: number, to: number] {
  if (draft.whole) return spanOfDays(draft.first, draft.last, zone);
  return [startInstant(draft.first, draft.start, zone), endInstant(draft.last, draft.end, zone)];
}

/**
 * What to send. An end that was not touched keeps its stored instant, which the wall time alone
 * may not give back (seconds, an hour that the clock shows twice).
 */
export function toInput(draft: Draft, zone: string, stored: TimeOff | null): TimeOffInput {
  const note = draft.note.trim();
  if (draft.whole) {
    return { start_date: draft.first, end_date: draft.last, start: null, end: null, note };
  }
  const [start, end] = spanOf(draft, zone).map(toApiInstant);
  const before = stored && toDraft(stored, zone);
  const sameStart = before?.first === draft.first && before.start === draft.start;
  const sameEnd = before?.last === draft.last && before.end === draft.end;
  return {
    start_date: null,
    end_date: null,
    start: (sameStart ? stored?.start : undefined) ?? start ?? null,
    end: (sameEnd ? stored?.end : undefined) ?? end ?? null,
    note,
  };
}

/** An end at midnight belongs to the day before, as its 24:00. */
function wallEnd(instant: string, zone: string): [Day, string] {
  const time = wallTime(instant, zone);
  const day = dayInZone(instant, zone);
  return toMinutes(time) === 0 ? [addDays(day, -1), "24:00"] : [day, time];
}

function wallTime(instant: string, zone: string): string {
  return new Date(instant).toLocaleTimeString("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

/**
 * The slots this page knows, and the time spans it knows completely. Immutable: each answer of the
 * server makes a new ledger. Instants are zone-free, so a change of zone needs no new answer.
 */
import { type Day, firstDayOf, lastDayOf, type Month, spanOfDays } from "../../shared/dates/days";
import type { Slot } from "../../shared/dates/group-slots";
import type { SlotWindow } from "../init";

type Span = readonly [from: number, to: number];

export interface SlotLedger {
  readonly duration: number;
  readonly slots: readonly Slot[];
  readonly spans: readonly Span[];
}

export const emptyLedger = (duration: number): SlotLedger => ({ duration, slots: [], spans: [] });

/** Takes in an answer: inside its span it replaces what was known. */
export function learn(ledger: SlotLedger, answer: SlotWindow): SlotLedger {
  const span = spanOfDays(answer.start_date, answer.end_date, answer.timezone);
  const outside = ledger.slots.filter(({ start }) => !isInside(Date.parse(start), span));
  const slots = [...outside, ...answer.slots].sort((a, b) => (a.start < b.start ? -1 : 1));
  return { duration: ledger.duration, slots, spans: [...ledger.spans, span] };
}

const isInside = (instant: number, [from, to]: Span): boolean => from <= instant && instant < to;

export function isOffered(ledger: SlotLedger, start: string): boolean {
  return ledger.slots.some((slot) => slot.start === start && !isFull(slot));
}

/** Whether there is nothing but the waitlist to join. */
export const isFull = (slot: Slot): boolean => slot.seats_left === 0;

/** Whether all of `month` in `zone` that is still to come is known. */
export function knowsMonth(ledger: SlotLedger, month: Month, zone: string, now: number): boolean {
  const [from, to] = spanOfDays(firstDayOf(month), lastDayOf(month), zone);
  const start = Math.max(from, now);
  return start >= to || ledger.spans.some((span) => span[0] <= start && to <= span[1]);
}

/** The days to ask the server for, to know `month` of `zone`: from today on at the earliest. */
export function daysToAsk(month: Month, today: Day): [first: Day, last: Day] {
  const first = firstDayOf(month);
  return [first < today ? today : first, lastDayOf(month)];
}

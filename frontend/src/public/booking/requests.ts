/** The page's calls to the public API. */
import { requestJson } from "../../shared/api/problem";
import type { Day } from "../../shared/dates/days";
import type { Slot } from "../../shared/dates/group-slots";
import type { SlotWindow } from "../init";

const API = "/api/v1/events";

export interface SlotQuestion {
  organizer: string;
  eventType: string;
  first: Day;
  last: Day;
  zone: string;
  duration: number;
  /** The booking that is being moved: its own old time counts as free. */
  movingToken: string | null;
  /** Also the starts without a seat left, which have a waitlist. */
  includeFull: boolean;
}

export async function fetchSlots(
  question: SlotQuestion,
  signal?: AbortSignal,
): Promise<SlotWindow> {
  const { organizer, eventType, first, last, zone, duration, movingToken, includeFull } = question;
  const query = new URLSearchParams({
    start_date: first,
    end_date: last,
    timezone: zone,
    duration: String(duration),
  });
  if (includeFull) query.set("include_full", "true");
  const path = movingToken
    ? `/booking/${movingToken}/manage/slots`
    : `${API}/slots/${organizer}/${eventType}/`;
  const answer = await requestJson<{ slots: Slot[] }>(`${path}?${query}`, {
    signal: signal ?? null,
  });
  return { timezone: zone, start_date: first, end_date: last, duration, slots: answer.slots };
}

export interface BookingRequest {
  organizer_slug: string;
  event_type_slug: string;
  start_time: string;
  duration: number;
  invitee_name: string;
  invitee_email: string;
  invitee_phone?: string;
  invitee_timezone: string;
  notes?: string;
  locale: string;
}

export interface BookingAnswer {
  status: string;
  start_time: string;
  end_time: string;
  manage_url: string;
  access_token: string;
  meeting_link: string;
  calendar_url: string;
  calendar_links: Record<string, string>;
  /** Whom the invitee meets. */
  hosts: { name: string }[];
  redirect_url?: string | null;
  /** Of a series all that were booked, the first included. */
  bookings?: { start_time: string; end_time: string; manage_url: string }[];
}

/** A date of a series before it is booked; `reason` says what is in its way. */
export interface Occurrence {
  start: string;
  end: string;
  available: boolean;
  reason: string | null;
}

export interface SeriesQuestion {
  organizer_slug: string;
  event_type_slug: string;
  start_time: string;
  timezone: string;
  duration: number;
  hold_token?: string | undefined;
}

export async function fetchOccurrences(question: SeriesQuestion): Promise<Occurrence[]> {
  const answer = await requestJson<{ occurrences: Occurrence[] }>(`${API}/recurring/preview/`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(question),
  });
  return answer.occurrences;
}

/** 128 random bits. `crypto.randomUUID` is for https and localhost only; this works anywhere. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

/** A repeat after a lost answer must not book twice: one key per body, kept for its retries. */
export class IdempotentPost {
  private body = "";
  private key = "";

  send<T>(url: string, payload: unknown): Promise<T> {
    const body = JSON.stringify(payload);
    if (body !== this.body) {
      this.body = body;
      this.key = newKey();
    }
    return requestJson<T>(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": this.key },
      body,
    });
  }
}

export const CREATE_URL = `${API}/bookings/create/`;
export const HOLD_URL = `${API}/slots/hold/`;
export const manageUrl = (token: string): string => `${API}/booking/${token}/manage/`;

/** A page and a server to try the booker with: real components, the network replaced. */
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, vi } from "vitest";
import catalogue from "../../../../backend/apps/events/pages/messages/en.json";
import type { Slot } from "../../shared/dates/group-slots";
import type { BookingInit } from "../init";
import { Booker, readWishes } from "./booker";
import { makePage } from "./page";

export const NOW = "2027-03-09T09:00:00Z";

export const slotsAt = (...starts: string[]): Slot[] =>
  starts.map((start) => ({
    start,
    end: new Date(Date.parse(start) + 1_800_000).toISOString().replace(".000", ""),
  }));

export const MARCH = slotsAt(
  "2027-03-11T09:00:00Z",
  "2027-03-11T09:30:00Z",
  "2027-03-11T14:00:00Z",
  "2027-03-12T09:00:00Z",
);

export function makeInit(changes: Partial<BookingInit> = {}): BookingInit {
  return {
    page: "booking",
    locale: "en-GB",
    messages: catalogue.script,
    organizer: {
      name: "Ana Duarte",
      slug: "ana",
      bio: "",
      avatar_url: "",
      timezone: "Europe/Lisbon",
      accent_color: "",
    },
    event_type: {
      id: "e1",
      name: "Intro call",
      slug: "intro",
      description: "",
      kind: "one_on_one",
      duration: 30,
      durations: [30],
      location_type: "video_call",
      location_label: "Video call",
      max_attendees: 1,
      requires_confirmation: false,
      confirmation_within_minutes: null,
      has_waitlist: false,
      asks_phone: false,
      questions: [],
    },
    slots: {
      timezone: "Europe/Lisbon",
      start_date: "2027-03-09",
      end_date: "2027-04-30",
      duration: 30,
      slots: MARCH,
    },
    now: NOW,
    last_date: null,
    prefill: { name: "", email: "" },
    reschedule: null,
    ...changes,
  };
}

export interface SeenRequest {
  url: URL;
  method: string;
  headers: Headers;
  body: Record<string, unknown>;
}

/** What the server answers; requests are kept in order. */
export interface FakeServer {
  seen: SeenRequest[];
  answer(request: SeenRequest): Response | Promise<Response>;
}

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

export const server: FakeServer = { seen: [], answer: () => json({ slots: MARCH }) };

/** Puts the network's stand-in in place for each test of a file. */
export function installFakeServer(): void {
  beforeEach(() => {
    server.seen = [];
    server.answer = () => json({ slots: MARCH });
    vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
      const request: SeenRequest = {
        url: new URL(url, "http://localhost"),
        method: init.method ?? "GET",
        headers: new Headers(init.headers),
        body: init.body ? JSON.parse(String(init.body)) : {},
      };
      server.seen.push(request);
      return server.answer(request);
    });
  });
  afterEach(() => {
    unmount();
    vi.unstubAllGlobals();
  });
}

let unmount = () => {};

/** Shows the booking page's script part; `zone` stands for what the link asks for. */
export function showBooker(init = makeInit(), query = "timezone=Europe/Berlin", dir = "ltr"): void {
  document.documentElement.dir = dir;
  document.body.innerHTML = `<div id="app" style="direction: ${dir}"></div>`;
  const root = createRoot(document.getElementById("app") as HTMLElement);
  root.render(
    <Booker page={makePage(init, ["en-GB"])} wishes={readWishes(new URLSearchParams(query))} />,
  );
  unmount = () => root.unmount();
}

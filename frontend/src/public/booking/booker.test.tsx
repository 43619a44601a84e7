import { findByRole, queryByRole, screen, waitFor, within } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { BookingInit } from "../init";
import { HOLD_URL } from "./requests";
import { installFakeServer, json, MARCH, makeInit, server, showBooker, slotsAt } from "./testing";

installFakeServer();

const user = userEvent.setup();
const day = (name: RegExp) => screen.findByRole("button", { name });
const slot = (name: RegExp) => screen.findByRole("radio", { name });
const creates = () =>
  server.seen.filter(({ method, url }) => method === "POST" && url.pathname !== HOLD_URL);

async function goToDetails() {
  await user.click(await slot(/^10:30/));
  await user.click(screen.getByRole("button", { name: "Continue" }));
  const heading = await screen.findByRole("heading", { name: "Your details" });
  expect(document.activeElement).toBe(heading);
}

async function fillIn() {
  await user.type(screen.getByLabelText("Your name"), "Jonas Keller");
  await user.type(screen.getByLabelText("E-mail"), "jonas@keller.example");
}

const HELD = { hold_token: "h1", expires_at: "2027-03-09T09:05:00Z" };

const CREATED = {
  status: "confirmed",
  start_time: "2027-03-11T09:30:00Z",
  end_time: "2027-03-11T10:00:00Z",
  manage_url: "http://localhost/booking/t/manage",
  access_token: "t",
  meeting_link: "",
  calendar_url: "http://localhost/t.ics",
  calendar_links: { google: "https://calendar.google.com/x" },
  hosts: [{ name: "Ana Duarte" }],
  redirect_url: "",
};

/** Slots for every question about them, `answer` for bookings. */
const serve = (answer: (attempt: number) => Response, slots = MARCH) => {
  server.answer = ({ method, url }) => {
    if (url.pathname.startsWith(HOLD_URL)) return json(HELD, 201);
    return method === "GET" ? json({ slots }) : answer(creates().length);
  };
};

describe("choosing a time", () => {
  it("names each day with its times, and each time with its day", async () => {
    showBooker();
    expect(await day(/^Thursday 11 March, 3 times$/)).toBeTruthy();
    expect(await day(/^Friday 12 March, 1 time$/)).toBeTruthy();
    expect(await day(/^Tuesday 9 March, today, no free times$/)).toBeTruthy();
    expect(await slot(/^10:30, Thursday 11 March$/)).toBeTruthy();
  });

  it("opens at the first day with free times, with nothing chosen", async () => {
    showBooker();
    expect(await screen.findAllByRole("radio", { name: /11 March/ })).toHaveLength(3);
    expect(screen.queryByRole("radio", { name: /March/, checked: true })).toBeNull();
    expect(screen.queryByRole("button", { name: "Continue" })).toBeNull();
  });

  it("names the chosen time's zone, and the host's time where it differs", async () => {
    showBooker();
    await user.click(await slot(/^10:30/));
    expect(screen.getByText(/Thu 11 March, 10:30/)).toBeTruthy();
    expect(screen.getByText(/09:30 for Ana/)).toBeTruthy();
  });

  it("moves the day with the zone, and keeps the instant", async () => {
    showBooker();
    await user.click(await slot(/^15:00/));
    const zones = screen.getByLabelText("Time zone");
    await within(zones).findByRole("option", { name: /^Auckland/ });
    await user.selectOptions(zones, "Pacific/Auckland");
    expect(await slot(/^03:00, Friday 12 March/)).toHaveProperty("checked", true);
    expect(screen.getByText(/14:00 for Ana|Thu 11 March, 14:00 for Ana/)).toBeTruthy();
  });

  it("lists the two 02:30 of an autumn night apart", async () => {
    const night = slotsAt("2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z");
    const init = makeInit({ now: "2027-10-30T09:00:00Z" });
    init.slots = { ...init.slots, start_date: "2027-10-30", end_date: "2027-11-30", slots: night };
    showBooker(init);
    expect(await slot(/^02:30 CEST/)).toBeTruthy();
    expect(await slot(/^02:30 CET/)).toBeTruthy();
  });

  it("asks for the zone before it lists a time, when the browser names no place", async () => {
    const real = Intl.DateTimeFormat.prototype.resolvedOptions;
    Intl.DateTimeFormat.prototype.resolvedOptions = function resolved() {
      return { ...real.call(this), timeZone: "UTC" };
    };
    showBooker(makeInit(), "");
    const select = await screen.findByLabelText("Time zone");
    Intl.DateTimeFormat.prototype.resolvedOptions = real;
    expect(screen.queryByRole("radio")).toBeNull();
    expect(screen.getByText("Choose your time zone first")).toBeTruthy();
    expect(screen.queryByText(/Then your name/)).toBeNull();
    await user.selectOptions(select, "Europe/Berlin");
    await user.click(screen.getByRole("button", { name: "Show times" }));
    expect(await slot(/^10:30/)).toBeTruthy();
  });
});

describe("the calendar's keys", () => {
  const press = async (keys: string) => {
    await user.keyboard(keys);
    return document.activeElement?.getAttribute("aria-label") ?? "";
  };

  it("moves by day, week, row and month, clamped to today", async () => {
    showBooker();
    (await day(/^Thursday 11 March/)).focus();
    expect(await press("{ArrowRight}")).toMatch(/^Friday 12 March/);
    expect(await press("{ArrowDown}")).toMatch(/^Friday 19 March/);
    expect(await press("{Home}")).toMatch(/^Monday 15 March/);
    expect(await press("{End}")).toMatch(/^Sunday 21 March/);
    expect(await press("{PageDown}")).toMatch(/^Wednesday 21 April/);
    expect(await press("{PageUp}")).toMatch(/^Sunday 21 March/);
    expect(await press("{PageUp}")).toMatch(/^Tuesday 9 March/);
    expect(await press("{ArrowLeft}")).toMatch(/^Tuesday 9 March/);
  });

  it("mirrors the arrows from right to left", async () => {
    showBooker(makeInit(), "timezone=Europe/Berlin", "rtl");
    (await day(/^Thursday 11 March/)).focus();
    expect(await press("{ArrowLeft}")).toMatch(/^Friday 12 March/);
    expect(await press("{ArrowRight}")).toMatch(/^Thursday 11 March/);
  });

  it("has one day in the tab order", async () => {
    showBooker();
    await day(/^Thursday 11 March/);
    expect(document.querySelectorAll('.d[tabindex="0"]')).toHaveLength(1);
  });
});

describe("months", () => {
  it("asks the server for a month it does not know, and keeps the old times meanwhile", async () => {
    let release = (_: Response) => {};
    server.answer = () =>
      new Promise<Response>((resolve) => {
        release = resolve;
      });
    showBooker(makeInit(), "timezone=Europe/Berlin&month=2027-05");
    await waitFor(() => expect(server.seen).toHaveLength(1));
    expect(server.seen[0]?.url.search).toContain("start_date=2027-05-01&end_date=2027-05-31");
    expect(document.querySelector('[aria-busy="true"]')).toBeTruthy();
    release(json({ slots: slotsAt("2027-05-04T09:00:00Z") }));
    expect(await slot(/^11:00, Tuesday 4 May/)).toBeTruthy();
  });

  it("shows the way out of an empty month", async () => {
    const init = makeInit();
    init.slots = { ...init.slots, slots: slotsAt("2027-04-06T08:00:00Z") };
    showBooker(init, "timezone=Europe/Berlin&month=2027-03");
    expect(
      await screen.findByText("No free times this month. The next one is Tue 6 April."),
    ).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Show it" }));
    expect(await slot(/^10:00, Tuesday 6 April/)).toBeTruthy();
  });

  it("looks ahead for the next free time, but not beyond the last bookable date", async () => {
    const init = makeInit({ last_date: "2027-05-20" });
    init.slots = { ...init.slots, slots: [] };
    server.answer = () => json({ slots: [] });
    showBooker(init);
    expect(await screen.findByText(/No free times in the coming months/)).toBeTruthy();
    expect(server.seen).toHaveLength(1);
  });

  it("refreshes what it shows when the visitor comes back to the tab", async () => {
    showBooker();
    await slot(/^10:30/);
    window.dispatchEvent(new Event("focus"));
    expect(server.seen).toHaveLength(0);
    const later = Date.now() + 60_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    server.answer = () => json({ slots: slotsAt("2027-03-11T10:00:00Z") });
    window.dispatchEvent(new Event("focus"));
    expect(await slot(/^11:00/)).toBeTruthy();
    expect(screen.queryByRole("radio", { name: /^10:30/ })).toBeNull();
    vi.restoreAllMocks();
  });

  it("offers to try again when the times do not load", async () => {
    server.answer = () => Promise.reject(new TypeError("offline"));
    showBooker(makeInit(), "timezone=Europe/Berlin&month=2027-05");
    expect(await screen.findByText(/You seem to be offline/)).toBeTruthy();
    server.answer = () => json({ slots: slotsAt("2027-05-04T09:00:00Z") });
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await slot(/^11:00, Tuesday 4 May/)).toBeTruthy();
  });
});

describe("booking", () => {
  it("sends what was chosen and confirms with all that is needed to attend", async () => {
    serve(() => json(CREATED, 201));
    showBooker();
    await goToDetails();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByRole("heading", { name: "You are booked" })).toBeTruthy();
    expect(screen.getByText("We sent the details to jonas@keller.example.")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Google" })).toHaveProperty(
      "href",
      "https://calendar.google.com/x",
    );
    expect(screen.getByRole("link", { name: "Calendar file (.ics)" })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Move or cancel" })).toBeTruthy();
    expect(creates()[0]?.body).toMatchObject({
      organizer_slug: "ana",
      event_type_slug: "intro",
      start_time: "2027-03-11T09:30:00Z",
      duration: 30,
      invitee_name: "Jonas Keller",
      invitee_email: "jonas@keller.example",
      invitee_timezone: "Europe/Berlin",
    });
  });

  it("names what is missing at its field and goes there", async () => {
    showBooker();
    await goToDetails();
    await user.type(screen.getByLabelText("Your name"), "Jonas");
    await user.type(screen.getByLabelText("E-mail"), "jonas@");
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByText(/Enter an e-mail address, such as/)).toBeTruthy();
    expect(document.activeElement?.id).toBe("email");
    expect(creates()).toHaveLength(0);
  });

  it("shows the server's complaint at its field", async () => {
    serve(() =>
      json(
        {
          code: "validation_failed",
          errors: [{ pointer: "/invitee_email", code: "invalid", detail: "No mail goes there." }],
        },
        422,
      ),
    );
    showBooker();
    await goToDetails();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByText("No mail goes there.")).toBeTruthy();
    expect(document.activeElement?.id).toBe("email");
  });

  it("keeps its key for a retry after a lost answer", async () => {
    serve((attempt) => {
      if (attempt === 1) throw new TypeError("lost");
      return json(CREATED, 201);
    });
    showBooker();
    await goToDetails();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByText(/Your answers are kept here/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Book" }));
    await screen.findByRole("heading", { name: "You are booked" });
    const keys = creates().map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it("offers the nearest times when the chosen one was just taken, and keeps the answers", async () => {
    serve((attempt) =>
      attempt === 1
        ? json({ code: "slot_taken", alternatives: ["2027-03-12T09:00:00Z"] }, 409)
        : json(CREATED, 201),
    );
    showBooker();
    await goToDetails();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByText(/That time was just taken/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: /Fri 12 March, 10:00/ }));
    expect(screen.getByLabelText("Your name")).toHaveProperty("value", "Jonas Keller");
    await user.click(screen.getByRole("button", { name: "Book" }));
    await screen.findByRole("heading", { name: "You are booked" });
    expect(creates()[1]?.body.start_time).toBe("2027-03-12T09:00:00Z");
    expect(creates()[1]?.headers.get("Idempotency-Key")).not.toBe(
      creates()[0]?.headers.get("Idempotency-Key"),
    );
  });

  it("lists the nearest times in order of time, though the server names the nearest first", async () => {
    const alternatives = ["10:00", "08:30", "11:00", "08:00", "12:00"].map(
      (time) => `2027-03-12T${time}:00Z`,
    );
    serve(() => json({ code: "slot_taken", alternatives }, 409));
    showBooker();
    await goToDetails();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    const alert = await screen.findByRole("alert");
    const times = within(alert).getAllByRole("button");
    expect(times.map(({ textContent }) => textContent?.slice(-5))).toEqual([
      "09:00",
      "09:30",
      "11:00",
      "12:00",
    ]);
  });

  it("says so before the form is filled in, when the time cannot be held and lists lack it", async () => {
    server.answer = ({ method }) =>
      method === "GET"
        ? json({ slots: MARCH.filter(({ start }) => !start.includes("09:30")) })
        : json({ code: "rate_limited" }, 429);
    showBooker();
    await goToDetails();
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByText(/That time was just taken/)).toBeTruthy();
    expect(await findByRole(alert, "button", { name: /Thu 11 March, 10:00/ })).toBeTruthy();
  });

  it("keeps the choice and the answers on the way back and forth", async () => {
    serve(() => json(CREATED, 201));
    showBooker();
    await goToDetails();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Change" }));
    expect(await slot(/^10:30/)).toHaveProperty("checked", true);
    await user.click(screen.getByRole("button", { name: "Continue" }));
    expect(await screen.findByLabelText("Your name")).toHaveProperty("value", "Jonas Keller");
  });

  it("asks for a number only where the host calls", async () => {
    showBooker();
    await goToDetails();
    expect(queryByRole(document.body, "textbox", { name: "Phone" })).toBeNull();
  });

  it("tells how long to wait when there were too many attempts", async () => {
    serve(
      () =>
        new Response(JSON.stringify({ code: "rate_limited" }), {
          status: 429,
          headers: { "Retry-After": "90" },
        }),
    );
    showBooker();
    await goToDetails();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByText(/Wait 2 minutes/)).toBeTruthy();
  });
});

describe("several people", () => {
  const initOf = (changes: Partial<BookingInit["event_type"]>, slots = MARCH) => {
    const init = makeInit();
    return {
      ...init,
      event_type: { ...init.event_type, ...changes },
      slots: { ...init.slots, slots },
    };
  };
  const seats = MARCH.map((slot, index) => ({ ...slot, seats_left: index + 1 }));

  it("says how many seats a time has left, to eyes and to screen readers", async () => {
    showBooker(initOf({ kind: "group", max_attendees: 6 }, seats));
    expect(await slot(/^10:00, Thursday 11 March, 1 seat left$/)).toBeTruthy();
    expect(await slot(/^10:30, Thursday 11 March, 2 seats left$/)).toBeTruthy();
    expect(screen.getByText("3 seats left")).toBeTruthy();
  });

  it("confirms a seat in a group", async () => {
    serve(() => json(CREATED, 201), seats);
    showBooker(initOf({ kind: "group", max_attendees: 6 }, seats));
    await goToDetails();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByRole("heading", { name: "You have a seat" })).toBeTruthy();
  });

  it.each(["collective", "round_robin"] as const)(
    "singles out nobody of a team: %s",
    async (kind) => {
      showBooker(initOf({ kind, asks_phone: true }));
      await user.click(await slot(/^10:30/));
      expect(screen.queryByText(/for Ana/)).toBeNull();
      await user.click(screen.getByRole("button", { name: "Continue" }));
      expect(await screen.findByText("Your host calls you on this number.")).toBeTruthy();
    },
  );

  it("names whom one meets once it is booked", async () => {
    const hosts = [{ name: "Rita Sol" }, { name: "João Costa" }];
    serve(() => json({ ...CREATED, hosts }, 201));
    showBooker(initOf({ kind: "collective" }));
    await goToDetails();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByText("Rita Sol, João Costa")).toBeTruthy();
  });
});

describe("moving a booking", () => {
  it("asks the booking's own slots and sends the new time", async () => {
    const init = makeInit({
      reschedule: {
        access_token: "tok",
        start: "2027-03-11T09:00:00Z",
        timezone: "Europe/Berlin",
      },
    });
    server.answer = ({ method }) =>
      method === "GET"
        ? json({ slots: slotsAt("2027-05-04T09:00:00Z") })
        : json({ code: "invalid_state", detail: "This booking cannot be moved any more." }, 409);
    showBooker(init, "month=2027-05");
    await user.click(await slot(/^11:00/));
    await user.click(screen.getByRole("button", { name: "Move booking" }));
    expect(await screen.findByText("This booking cannot be moved any more.")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Back to the booking" }).getAttribute("href")).toBe(
      "/booking/tok/manage",
    );
    expect(screen.queryByRole("grid")).toBeNull();
    expect(screen.queryByRole("button")).toBeNull();
    expect(server.seen[0]?.url.pathname).toBe("/booking/tok/manage/slots");
    expect(creates()[0]?.body).toEqual({
      action: "reschedule",
      start_time: "2027-05-04T09:00:00Z",
      timezone: "Europe/Berlin",
    });
  });
});

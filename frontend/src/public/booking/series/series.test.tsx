import { screen, waitFor, within } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { CREATE_URL, HOLD_URL, type Occurrence } from "../requests";
import { installFakeServer, json, MARCH, makeInit, server, showBooker } from "../testing";

installFakeServer();

const user = userEvent.setup();
const PREVIEW = "/api/v1/events/recurring/preview/";
const HELD = { hold_token: "h1", expires_at: "2027-03-09T09:05:00Z" };

const at = (day: number, reason: string | null = null): Occurrence => ({
  start: `2027-03-${day}T09:30:00Z`,
  end: `2027-03-${day}T10:00:00Z`,
  available: reason === null,
  reason,
});

const BOOKED = {
  status: "confirmed",
  start_time: "2027-03-11T09:30:00Z",
  end_time: "2027-03-11T10:00:00Z",
  manage_url: "http://localhost/booking/t/manage",
  access_token: "t",
  meeting_link: "",
  calendar_url: "http://localhost/t.ics",
  calendar_links: {},
  hosts: [{ name: "Ana Duarte" }],
  redirect_url: "",
  bookings: [
    { start_time: "2027-03-11T09:30:00Z", end_time: "", manage_url: "http://localhost/1" },
    { start_time: "2027-03-25T09:30:00Z", end_time: "", manage_url: "http://localhost/3" },
  ],
};

const asked = (path: string) => server.seen.filter(({ url }) => url.pathname === path);

function serve(previews: Occurrence[][], booked: () => Response) {
  server.answer = ({ url }) => {
    if (url.pathname === HOLD_URL) return json(HELD, 201);
    if (url.pathname === PREVIEW) {
      const occurrences = previews[Math.min(asked(PREVIEW).length, previews.length) - 1];
      return json({ occurrences });
    }
    if (url.pathname === CREATE_URL) return booked();
    return json({ slots: MARCH });
  };
}

async function goToDates() {
  const init = makeInit();
  init.event_type = { ...init.event_type, repeats: true };
  showBooker(init);
  await user.click(await slot(/^10:30/));
  await user.click(screen.getByRole("button", { name: "Continue" }));
  return screen.findByRole("group", { name: /dates?$/ });
}

/** The first look at a page may take a while on a busy machine. */
const slot = (name: RegExp) => screen.findByRole("radio", { name }, { timeout: 10_000 });

const box = (name: RegExp) => screen.getByRole("checkbox", { name });

async function fillIn() {
  await user.type(screen.getByLabelText("Your name"), "Jonas Keller");
  await user.type(screen.getByLabelText("E-mail"), "jonas@keller.example");
}

describe("a series of dates", () => {
  it("shows every date, ticked where it is free and with the reason where it is not", async () => {
    serve([[at(11), at(18, "booked"), at(25, "limit_reached")]], () => json(BOOKED, 201));
    const dates = await goToDates();
    expect(dates).toHaveProperty("tagName", "FIELDSET");
    expect(box(/11 March/)).toHaveProperty("checked", true);
    expect(box(/18 March.*Taken/)).toHaveProperty("disabled", true);
    expect(box(/18 March/)).toHaveProperty("checked", false);
    expect(box(/25 March.*Fully booked/)).toHaveProperty("disabled", true);
    // One's own hold on the first is not in the way.
    expect(asked(PREVIEW)[0]?.body).toEqual({
      organizer_slug: "ana",
      event_type_slug: "intro",
      start_time: "2027-03-11T09:30:00Z",
      timezone: "Europe/Berlin",
      duration: 30,
      hold_token: "h1",
    });
  });

  it("books what is ticked, and lists it", async () => {
    serve([[at(11), at(18), at(25)]], () => json(BOOKED, 201));
    await goToDates();
    await user.click(box(/18 March/));
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    const title = await screen.findByRole("heading", { name: "2 dates" });
    expect(asked(CREATE_URL)[0]?.body.occurrences).toEqual([at(11).start, at(25).start]);
    const links = within(title.parentElement as HTMLElement).getAllByRole("link", {
      name: /March/,
    });
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "http://localhost/1",
      "http://localhost/3",
    ]);
  });

  it("asks for at least one", async () => {
    serve([[at(11)]], () => json(BOOKED, 201));
    await goToDates();
    await user.click(box(/11 March/));
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByText("Choose at least one date.")).toBeTruthy();
    expect(asked(CREATE_URL)).toHaveLength(0);
  });

  it("looks again when one was taken meanwhile, and keeps what was filled in", async () => {
    const taken = {
      code: "slot_taken",
      status: 409,
      title: "",
      detail: "",
      occurrences: [{ start: at(18).start, end: at(18).end, reasons: ["booked"] }],
      alternatives: [],
    };
    serve(
      [
        [at(11), at(18)],
        [at(11), at(18, "booked")],
      ],
      () => json(taken, 409),
    );
    await goToDates();
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByText(/were just taken/)).toBeTruthy();
    await waitFor(() => expect(box(/18 March/)).toHaveProperty("disabled", true));
    expect(screen.getByLabelText("Your name")).toHaveProperty("value", "Jonas Keller");
    await user.click(screen.getByRole("button", { name: "Book" }));
    await waitFor(() => expect(asked(CREATE_URL)).toHaveLength(2));
    expect(asked(CREATE_URL)[1]?.body.occurrences).toEqual([at(11).start]);
  });

  it("can be asked for again when the answer is lost", async () => {
    let isDown = true;
    server.answer = ({ url }) => {
      if (url.pathname === HOLD_URL) return json(HELD, 201);
      if (url.pathname !== PREVIEW) return json({ slots: MARCH });
      return isDown ? json({ code: "error", status: 500 }, 500) : json({ occurrences: [at(11)] });
    };
    const init = makeInit();
    init.event_type = { ...init.event_type, repeats: true };
    showBooker(init);
    await user.click(await slot(/^10:30/));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await screen.findByText(/dates did not load/);
    isDown = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("group", { name: "1 date" })).toBeTruthy();
  });
});

describe("moving a date of a series", () => {
  it("says so when not all of the dates can move", async () => {
    const detail = "1 of 4 starts are not free, so nothing was changed.";
    const refused = { code: "slot_taken", status: 409, title: "", detail, occurrences: [{}] };
    server.answer = ({ method }) =>
      method === "GET" ? json({ slots: MARCH }) : json(refused, 409);
    const scopes = [
      { value: "this", label: "This date only" },
      { value: "all", label: "All dates" },
    ];
    const move = { access_token: "t", start: "2027-03-11T09:00:00Z", timezone: "Europe/Berlin" };
    showBooker(makeInit({ reschedule: { ...move, scopes, scope_legend: "Which dates?" } }));
    await user.click(await slot(/^15:00/));
    await user.click(screen.getByRole("radio", { name: "All dates" }));
    await user.click(screen.getByRole("button", { name: "Move booking" }));
    expect(await screen.findByText(detail)).toBeTruthy();
    expect(screen.getByRole("radio", { name: /^15:00/ })).toHaveProperty("checked", true);
  });

  it("asks which dates the move is for", async () => {
    vi.stubGlobal("location", { ...window.location, assign: vi.fn() });
    server.answer = ({ method }) => (method === "GET" ? json({ slots: MARCH }) : json({}));
    const reschedule = {
      access_token: "t",
      start: "2027-03-11T09:00:00Z",
      timezone: "Europe/Berlin",
      scope_legend: "Which dates?",
      scopes: [
        { value: "this", label: "This date only" },
        { value: "following", label: "This date and those after it" },
      ],
    };
    showBooker(makeInit({ reschedule }));
    await user.click(await slot(/^15:00/));
    const scopes = screen.getByRole("group", { name: "Which dates?" });
    expect(within(scopes).getByRole("radio", { name: "This date only" })).toHaveProperty(
      "checked",
      true,
    );
    await user.click(within(scopes).getByRole("radio", { name: /those after it/ }));
    await user.click(screen.getByRole("button", { name: "Move booking" }));
    await waitFor(() =>
      expect(asked("/api/v1/events/booking/t/manage/")[0]?.body).toMatchObject({
        action: "reschedule",
        scope: "following",
      }),
    );
  });
});

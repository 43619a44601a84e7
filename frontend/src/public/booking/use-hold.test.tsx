import { screen, waitFor } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CREATE_URL, HOLD_URL } from "./requests";
import { installFakeServer, json, MARCH, makeInit, server, showBooker } from "./testing";

installFakeServer();
afterEach(() => vi.useRealTimers());

const user = userEvent.setup();
const HELD = { hold_token: "h1", expires_at: "2027-03-09T09:05:00Z" };
const CREATED = {
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
};

const holds = () =>
  server.seen.filter(({ method, url }) => method === "POST" && url.pathname === HOLD_URL);
const releases = () => server.seen.filter(({ method }) => method === "DELETE");
const creates = () => server.seen.filter(({ url }) => url.pathname === CREATE_URL);

/** `hold` answers attempts to hold, by their number from 1. */
function serve(hold: (attempt: number) => Response | Promise<Response>) {
  server.answer = ({ method, url }) => {
    if (method === "DELETE") return new Response(null, { status: 204 });
    if (url.pathname === HOLD_URL) return hold(holds().length);
    return method === "GET" ? json({ slots: MARCH }) : json(CREATED, 201);
  };
}

async function openForm(init = makeInit()) {
  showBooker(init);
  await user.click(await screen.findByRole("radio", { name: /^10:30/ }));
  await user.click(screen.getByRole("button", { name: "Continue" }));
  await screen.findByRole("heading", { name: "Your details" });
  await waitFor(() => expect(holds()).not.toHaveLength(0));
}

async function book() {
  await user.type(screen.getByLabelText("Your name"), "Jonas Keller");
  await user.type(screen.getByLabelText("E-mail"), "jonas@keller.example");
  await user.click(screen.getByRole("button", { name: "Book" }));
  await waitFor(() => expect(creates()).toHaveLength(1));
}

describe("the hold of the form", () => {
  it("is taken when the form opens, and booked with", async () => {
    serve(() => json(HELD, 201));
    await openForm();
    expect(holds()[0]?.body).toEqual({
      organizer_slug: "ana",
      event_type_slug: "intro",
      start_time: "2027-03-11T09:30:00Z",
      duration: 30,
    });
    await book();
    expect(creates()[0]?.body.hold_token).toBe("h1");
    await screen.findByText(/Ana Duarte/);
    expect(releases()).toHaveLength(0);
  });

  it("is given up on the way back, even before its answer is here", async () => {
    let answer: (response: Response) => void = () => {};
    serve(() => new Promise((resolve) => (answer = resolve)));
    await openForm();
    window.dispatchEvent(new PopStateEvent("popstate"));
    await screen.findByRole("button", { name: "Continue" });
    expect(releases()).toHaveLength(0);
    answer(json(HELD, 201));
    await waitFor(() => expect(releases()).toHaveLength(1));
    expect(releases()[0]?.url.pathname).toBe(`${HOLD_URL}h1/`);
  });

  it("is given up when the page is left", async () => {
    serve(() => json(HELD, 201));
    await openForm();
    window.dispatchEvent(new Event("pagehide"));
    await waitFor(() => expect(releases()).toHaveLength(1));
  });

  it("says at once when somebody else has the time", async () => {
    const alternatives = ["2027-03-11T14:00:00Z"];
    serve((attempt) =>
      attempt === 1 ? json({ code: "slot_taken", alternatives }, 409) : json(HELD, 201),
    );
    await openForm();
    await user.click(await screen.findByRole("button", { name: /15:00/ }));
    await waitFor(() => expect(holds()).toHaveLength(2));
    expect(holds()[1]?.body.start_time).toBe("2027-03-11T14:00:00Z");
  });

  it.each([
    ["too many holds", () => json({ code: "rate_limited" }, 429)],
    ["a broken server", () => json({}, 500)],
  ])("is not needed: %s", async (_, hold) => {
    serve(hold);
    await openForm();
    await book();
    expect(creates()[0]?.body).not.toHaveProperty("hold_token");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("asks again by the same key when its answer was lost", async () => {
    serve((attempt) =>
      attempt === 1 ? Promise.reject(new TypeError("offline")) : json(HELD, 201),
    );
    await openForm();
    await book();
    expect(creates()[0]?.body.hold_token).toBe("h1");
    const keys = holds().map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it("tells of its end in the last minute only, and that booking goes on", async () => {
    serve(() => json(HELD, 201));
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ["setTimeout", "clearTimeout", "Date"] });
    await openForm();
    await vi.advanceTimersByTimeAsync(230_000);
    expect(screen.queryByRole("timer")).toBeNull();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(screen.getByRole("timer").textContent).toMatch(/for \d+ more seconds/);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(screen.getByRole("timer").textContent).toMatch(/no longer kept/);
  });

  it("has no part in moving a booking", async () => {
    serve(() => json(HELD, 201));
    showBooker(
      makeInit({
        reschedule: {
          access_token: "t",
          start_time: "2027-03-10T09:00:00Z",
          end_time: "2027-03-10T09:30:00Z",
          timezone: "Europe/Berlin",
        },
      } as never),
    );
    await user.click(await screen.findByRole("radio", { name: /^10:30/ }));
    expect(holds()).toHaveLength(0);
  });
});

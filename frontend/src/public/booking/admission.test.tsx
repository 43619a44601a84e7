import { screen } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { isRequest } from "./admission";
import { CREATE_URL, HOLD_URL } from "./requests";
import { installFakeServer, json, MARCH, makeInit, server, showBooker } from "./testing";

installFakeServer();

const user = userEvent.setup();
const CODE_URL = "/api/v1/events/bookings/email-code/";
const posts = (path: string) => server.seen.filter(({ url }) => url.pathname === path);

const refused = (code: string) =>
  new Response(
    JSON.stringify({
      code: "validation_failed",
      detail: "x",
      errors: [{ pointer: "/email_code", code, detail: "This code is wrong or too old." }],
    }),
    { status: 422, headers: { "Content-Type": "application/problem+json" } },
  );

const CREATED = {
  status: "pending",
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

const asking = (within: number | null = null) => {
  const init = makeInit();
  init.event_type = {
    ...init.event_type,
    requires_confirmation: true,
    confirmation_within_minutes: within,
  };
  return init;
};

const serve = (book: (code: unknown) => Response) => {
  server.answer = ({ method, url, body }) => {
    if (url.pathname.startsWith(HOLD_URL)) return json({}, 429);
    if (url.pathname === CODE_URL) return json({ expires_at: "2027-03-09T09:15:00Z" }, 202);
    return method === "GET" ? json({ slots: MARCH }) : book(body.email_code);
  };
};

async function fillIn() {
  await user.click(await screen.findByRole("radio", { name: /^10:30/ }));
  await user.click(screen.getByRole("button", { name: "Continue" }));
  await user.type(await screen.findByLabelText("Your name"), "Jonas Keller");
  await user.type(screen.getByLabelText("E-mail"), "jonas@keller.example");
}

describe("an address that has to be proved", () => {
  it("gets a code when the server asks for one, and books with it", async () => {
    serve((code) => {
      if (!code) return refused("email_code_required");
      return code === "123456" ? json(CREATED, 201) : refused("email_code_wrong");
    });
    showBooker();
    await fillIn();
    expect(screen.queryByLabelText("Code from our e-mail")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Book" }));
    const field = await screen.findByLabelText("Code from our e-mail");
    expect(screen.getByText(/We sent it to jonas@keller\.example/)).toBeTruthy();
    expect(posts(CODE_URL)[0]?.body.email).toBe("jonas@keller.example");

    await user.type(field, "111111");
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByText("This code is wrong or too old.")).toBeTruthy();
    expect(posts(CODE_URL)).toHaveLength(1);

    await user.click(screen.getByRole("button", { name: "Send a new code" }));
    await user.clear(field);
    await user.type(field, "123456");
    await user.click(screen.getByRole("button", { name: "Book" }));
    expect(await screen.findByRole("heading", { name: "Request sent" })).toBeTruthy();
    expect(posts(CODE_URL)).toHaveLength(2);
    expect(posts(CREATE_URL)).toHaveLength(3);
  });
});

describe("a time that has to be confirmed", () => {
  it("is asked for, and says so afterwards", async () => {
    serve(() => json(CREATED, 201));
    showBooker(asking());
    await fillIn();
    await user.click(screen.getByRole("button", { name: "Send request" }));
    expect(await screen.findByRole("heading", { name: "Request sent" })).toBeTruthy();
    expect(screen.getByText(/Ana Duarte still has to confirm/)).toBeTruthy();
    expect(screen.queryByText("Add to your calendar")).toBeNull();
  });

  it("is one that is near, where only those are", () => {
    const now = Date.parse("2027-03-11T08:30:00Z");
    expect(isRequest(asking(60).event_type, "2027-03-11T09:29:00Z", now)).toBe(true);
    expect(isRequest(asking(60).event_type, "2027-03-11T09:30:00Z", now)).toBe(false);
    expect(isRequest(asking().event_type, "2027-03-31T09:30:00Z", now)).toBe(true);
    expect(isRequest(makeInit().event_type, "2027-03-11T09:00:00Z", now)).toBe(false);
  });
});

it("has a field that nobody sees, for robots", async () => {
  serve(() => json(CREATED, 201));
  showBooker();
  await fillIn();
  const trap = document.querySelector<HTMLInputElement>("input[name=website]");
  expect(trap?.tabIndex).toBe(-1);
  expect(trap?.closest("[aria-hidden=true]")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Book" }));
  await screen.findByRole("heading", { name: "Request sent" });
  expect(posts(CREATE_URL)[0]?.body).not.toHaveProperty("website");
});

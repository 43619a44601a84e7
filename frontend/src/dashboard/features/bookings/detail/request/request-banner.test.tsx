import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Booking } from "../../../../api/bookings";
import { RequestBanner } from "./request-banner";

// How long anything may take on a busy machine before it counts as not coming.
const PATIENCE = { timeout: 4000 };
const network = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal("fetch", network);
  // jsdom has none; dialogs ask for it when they open.
  vi.stubGlobal("CSS", { escape: String });
  // biome-ignore lint/suspicious/noDocumentCookie: the client reads it before every change
  document.cookie = "csrftoken=t";
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  network.mockReset();
});

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

const show = (changes: Partial<Booking> = {}) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RequestBanner
        booking={
          {
            id: "1",
            invitee_name: "Maya Okafor",
            start_time: inHours(30),
            request_expires_at: inHours(5.5),
            ...changes,
          } as Booking
        }
        zone="Europe/Lisbon"
      />
    </QueryClientProvider>,
  );

it("says who asks and how long there is to answer", () => {
  show();
  expect(screen.getByText("Maya asks for this time")).toBeTruthy();
  expect(screen.getByText(/^5 hours left to answer/)).toBeTruthy();
});

it("offers no answer once it is too late for one", () => {
  show({ request_expires_at: inHours(-1) });
  expect(screen.getByText(/^The time to answer is over/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Confirm" })).toBeNull();
});

it("explains a confirmation that came too late and what happens next", async () => {
  network.mockImplementation(async () =>
    Response.json({ code: "slot_taken", detail: "Taken." }, { status: 409 }),
  );
  show();
  await userEvent.click(screen.getByRole("button", { name: "Confirm" }));
  expect(await screen.findByText("This time was taken meanwhile", {}, PATIENCE)).toBeTruthy();
  expect(screen.getByText(/a link to choose another time/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

it("tells other refusals as the server does", async () => {
  network.mockImplementation(async () =>
    Response.json({ code: "invalid_state", detail: "This booking is cancelled." }, { status: 409 }),
  );
  show();
  await userEvent.click(screen.getByRole("button", { name: "Confirm" }));
  const alert = await screen.findByRole("alert", {}, PATIENCE);
  expect(alert.textContent).toBe("This booking is cancelled.");
});

it("keeps explaining a lost time after a reload", () => {
  show({ repick_asked_at: inHours(-2) });
  expect(screen.getByText("This time was taken meanwhile")).toBeTruthy();
});

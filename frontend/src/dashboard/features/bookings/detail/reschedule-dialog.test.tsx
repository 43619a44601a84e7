import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Booking } from "../../../api/bookings";
import { type Me, MeContext } from "../../../api/me";
import { RescheduleDialog } from "./reschedule-dialog";

// How long anything may take on a busy machine before it counts as not coming.
const PATIENCE = { timeout: 4000 };
const network = vi.fn<typeof fetch>();

beforeEach(() => {
  network.mockImplementation(async () => Response.json({ timezone: "UTC", slots: [] }));
  vi.stubGlobal("fetch", network);
  // jsdom has none; the dialog asks for it when it opens.
  vi.stubGlobal("CSS", { escape: String });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  network.mockReset();
});

const rita = { slug: "rita", timezone: "UTC", week_start: 1 } as Me;

const session = {
  id: "1",
  event_type: { id: "2", name: "Workshop", slug: "workshop", color: "teal" },
  organizer_slug: "ana",
  invitee_name: "Maya +1",
  invitee_timezone: "",
  start_time: "2027-03-11T09:30:00Z",
  end_time: "2027-03-11T10:30:00Z",
  capacity: 6,
  manage_url: "",
} as Booking;

const open = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MeContext value={rita}>
        <RescheduleDialog booking={session} zone="UTC" onClose={() => {}} />
      </MeContext>
    </QueryClientProvider>,
  );

it("offers a co-host the times of the organizer's page for a group session", async () => {
  open();
  await waitFor(() => expect(network).toHaveBeenCalled(), PATIENCE);
  const asked = new URL(String(network.mock.calls[0]?.[0]), "https://example.com");
  expect(asked.pathname).toBe("/api/v1/events/slots/ana/workshop/");
  expect(asked.searchParams.get("duration")).toBe("60");
});

it("does not offer the time that the session has", async () => {
  const slots = ["09:30", "11:30"].map((time) => ({
    start: `2027-03-11T${time}:00Z`,
    end: `2027-03-11T${time}:00Z`,
    seats_left: 4,
  }));
  network.mockImplementation(async () => Response.json({ timezone: "UTC", slots }));
  open();
  expect(await screen.findByLabelText("11:30", {}, PATIENCE)).toBeTruthy();
  expect(screen.queryByLabelText("09:30")).toBeNull();
});

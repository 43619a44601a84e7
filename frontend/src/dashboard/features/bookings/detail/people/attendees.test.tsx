import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Attendee, Booking } from "../../../../api/bookings";
import { Attendees } from "./attendees";

afterEach(cleanup);

const person = (changes: Partial<Attendee>): Attendee => ({
  id: changes.name ?? "",
  name: "",
  email: "someone@example.com",
  phone: "",
  timezone: "Europe/Lisbon",
  status: "confirmed",
  notes: "",
  custom_answers: {},
  answers: [],
  brought_by: null,
  joined_at: "2027-03-01T09:00:00Z",
  cancelled_at: null,
  cancelled_by: "invitee",
  cancellation_reason: "",
  erased_at: null,
  ...changes,
});

const show = (booking: Booking) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Attendees booking={booking} zone="Europe/Lisbon" />
    </QueryClientProvider>,
  );

it("says how to reach each attendee, on whose clock, and who left", () => {
  const attendees = [
    person({ name: "Jonas Keller", timezone: "Europe/Berlin", phone: "+49 30 90" }),
    person({ name: "Maya Okafor", status: "cancelled", notes: "Next time." }),
  ];
  const booking = { start_time: "2027-03-11T09:30:00Z", attendees } as Booking;
  show(booking);
  const [jonas, maya] = screen.getAllByRole("listitem");
  expect(jonas?.textContent).toContain("10:30 in Berlin");
  expect(screen.getByRole("link", { name: "+49 30 90" }).getAttribute("href")).toBe("tel:+493090");
  expect(maya?.textContent).toContain("Cancelled");
  expect(maya?.textContent).not.toContain("in Lisbon");
  expect(maya?.textContent).toContain("Next time.");
});

it("shows who left last, with their reason, and the answers of each", () => {
  const answers = [
    { question: "q", text: "Level", type: "text" as const, value: "New", shown: "New" },
  ];
  const attendees = [
    person({ name: "Maya Okafor", status: "cancelled", cancellation_reason: "Ill" }),
    person({ name: "Jonas Keller", answers }),
  ];
  show({ start_time: "2027-03-11T09:30:00Z", attendees } as Booking);
  const [first, last] = screen.getAllByRole("listitem");
  expect(first?.textContent).toContain("Jonas Keller");
  expect(first?.textContent).toContain("LevelNew");
  expect(last?.textContent).toContain("Ill");
});

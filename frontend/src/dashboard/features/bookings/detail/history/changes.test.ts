import { expect, it } from "vitest";
import type { AuditEntry } from "../../../../api/audit";
import { changesOf } from "./changes";

const changes = (old_values: object, new_values: object, action = "booking_updated") =>
  changesOf({ action, old_values, new_values } as AuditEntry, "Europe/Lisbon");

it("shows a move in the organizer's zone", () => {
  const [change] = changes(
    { start_time: "2026-03-11T09:30:00+00:00" },
    { start_time: "2026-07-11T09:30:00+00:00" },
  );
  expect(change?.label).toBe("Start");
  expect(change?.from).toContain("09:30");
  expect(change?.to).toContain("10:30");
});

it("puts states into words", () => {
  expect(changes({ status: "pending" }, { status: "confirmed" })).toEqual([
    { label: "State", from: "To confirm", to: "Confirmed" },
  ]);
});

it("tells what is new, what is gone, and nothing of what stayed", () => {
  expect(changes({}, { notes: "Bring samples" })).toEqual([
    { label: "Notes", from: null, to: "Bring samples" },
  ]);
  expect(changes({ notes: "Bring samples" }, { notes: "" })).toEqual([
    { label: "Notes", from: "Bring samples", to: "empty" },
  ]);
  expect(changes({ capacity: 6 }, { capacity: 6 })).toEqual([]);
  expect(changes({}, { notes: "" })).toEqual([]);
});

it("does not repeat what the deed says by itself", () => {
  const start = { start_time: "2026-03-11T09:30:00+00:00" };
  const end = { end_time: "2026-03-11T10:00:00+00:00" };
  const booked = { ...start, ...end, status: "confirmed", invitee_name: "Jonas Keller" };
  expect(changes({}, booked, "booking_created").map(({ label }) => label)).toEqual(["Start"]);
  expect(
    changes({ attendee_count: 1 }, { ...start, attendee_count: 2 }, "attendee_joined"),
  ).toEqual([{ label: "Seats taken", from: "1", to: "2" }]);
});

it("shows no value that it has no word for", () => {
  expect(changes({}, { ical_sequence: 3, token: "secret" })).toEqual([]);
});

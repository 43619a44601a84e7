import { expect, it } from "vitest";
import type { AuditEntry } from "../../../../api/audit";
import { sentence } from "./sentence";

const entry = (changes: Partial<AuditEntry>) =>
  ({
    action: "booking_created",
    description: "Booked",
    actor_type: "invitee",
    actor_name: "Tom Baker",
    ...changes,
  }) as AuditEntry;

it.each([
  [{}, "Booked by Tom Baker"],
  [{ actor_type: "system", actor_name: "" }, "Booked"],
  [{ action: "attendee_joined", description: "Attendee joined" }, "Tom Baker joined"],
  [
    { action: "attendee_left", description: "Attendee left", actor_type: "attendee" },
    "Tom Baker left",
  ],
  [
    { action: "attendee_left", description: "Attendee left", actor_type: "organizer" },
    "Attendee left by Tom Baker",
  ],
] as const)("tells %o", (changes, told) => {
  expect(sentence(entry(changes))).toBe(told);
});

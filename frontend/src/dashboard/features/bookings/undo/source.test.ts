import { expect, it } from "vitest";
import { countWords, readSource } from "./source";

it.each([
  [" spam@bots.example ", { email: "spam@bots.example" }],
  ["203.0.113.7", { ip_address: "203.0.113.7" }],
  ["2001:db8::1", { ip_address: "2001:db8::1" }],
  ["somebody", null],
  ["", null],
])("reads %o as %o", (typed, source) => {
  expect(readSource(typed)).toEqual(source);
});

it.each([
  [{ bookings: 1, attendees: 0, waitlist: 0 }, "1 booking"],
  [{ bookings: 3, attendees: 0, waitlist: 2 }, "3 bookings and 2 waitlist entries"],
  [{ bookings: 2, attendees: 1, waitlist: 1 }, "2 bookings, 1 seat and 1 waitlist entry"],
  [{ bookings: 0, attendees: 0, waitlist: 0 }, ""],
])("counts %o as %o", (counts, words) => {
  expect(countWords(counts)).toBe(words);
});

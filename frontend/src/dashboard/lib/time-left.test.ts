import { expect, it } from "vitest";
import { timeLeft } from "./time-left";

const NOW = Date.parse("2027-03-11T09:00:00Z");

it.each([
  ["2027-03-11T09:00:30Z", "less than a minute"],
  ["2027-03-11T09:01:59Z", "1 minute"],
  ["2027-03-11T09:59:00Z", "59 minutes"],
  ["2027-03-11T10:30:00Z", "1 hour"],
  ["2027-03-13T08:00:00Z", "47 hours"],
  ["2027-03-13T09:00:00Z", "2 days"],
  ["2027-03-11T09:00:00Z", null],
  ["2027-03-10T09:00:00Z", null],
])("until %s it is %s", (until, left) => {
  expect(timeLeft(until, NOW)).toBe(left);
});

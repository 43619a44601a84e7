import { expect, it } from "vitest";
import type { WaitlistEntry, WaitlistFigures } from "../../api/waitlist";
import { rateWords, wishWords } from "./words";

const wish = (desired_start_time: string, desired_end_time: string | null) =>
  wishWords({ desired_start_time, desired_end_time } as WaitlistEntry, "Europe/Lisbon");

it("says what somebody waits for on the organizer's clock", () => {
  expect(wish("2027-07-11T08:30:00Z", null)).toBe("09:30");
  expect(wish("2027-07-11T08:30:00Z", "2027-07-11T11:00:00Z")).toBe("09:30 – 12:00");
  expect(wish("2027-07-10T23:00:00Z", "2027-07-11T23:00:00Z")).toBe("Any time");
  expect(wish("2027-07-11T08:30:00Z", "2027-07-13T11:00:00Z")).toMatch(/^09:30, until .*12:00$/);
});

it("takes a day of 23 hours for a whole one", () => {
  expect(wish("2027-03-28T00:00:00Z", "2027-03-28T23:00:00Z")).toBe("Any time");
});

it("gives no rate before anybody got or lost a time", () => {
  const rate = (conversion_rate: number | null) =>
    rateWords({ conversion_rate } as WaitlistFigures);
  expect(rate(null)).toBe("");
  expect(rate(0)).toBe("0 %");
  expect(rate(0.714)).toBe("71 %");
});

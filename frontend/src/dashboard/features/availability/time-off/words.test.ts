import { expect, it } from "vitest";
import type { TimeOff } from "../../../api/time-off";
import { isNow, lengthOf, sayLength, whenOf } from "./words";

const ZONE = "America/New_York";
const NOW = Date.parse("2027-02-01T12:00:00Z");
const EMPTY = { id: "1", start_date: null, end_date: null, start: null, end: null };
const made = (changes: Partial<TimeOff>): TimeOff => ({
  ...EMPTY,
  note: "",
  created_at: "2027-01-01T00:00:00Z",
  ...changes,
});

it("says hours on the user's clock", () => {
  const afternoon = made({ start: "2027-02-03T19:00:00Z", end: "2027-02-03T22:30:00Z" });
  expect(whenOf(afternoon, ZONE, NOW)).toBe("Wednesday 3 February, 14:00 – 17:30");
  expect(lengthOf(afternoon)).toBe("3 h 30 min");
  const evening = made({ start: "2027-02-04T01:00:00Z", end: "2027-02-04T05:00:00Z" });
  expect(whenOf(evening, ZONE, NOW)).toBe("Wednesday 3 February, 20:00 – 00:00");
  const night = made({ start: "2027-02-04T03:00:00Z", end: "2027-02-04T11:00:00Z" });
  expect(whenOf(night, ZONE, NOW)).toBe("Wed 3 February, 22:00 – Thu 4 February, 06:00");
  expect(whenOf(night, ZONE, Date.parse("2026-12-01T00:00:00Z"))).toBe(
    "Wed 3 February, 22:00 – Thu 4 February 2027, 06:00",
  );
});

it("says whole days and how many", () => {
  const days = made({ start_date: "2027-03-13", end_date: "2027-03-15" });
  expect(whenOf(days, ZONE, NOW)).toBe("Sat 13 – Mon 15 March");
  expect(lengthOf(days)).toBe("3 days");
});

it("measures what passes, not what the clock shows", () => {
  // 13 March 22:00 to 14 March 06:00: the clock jumps ahead that night.
  const night = made({ start: "2027-03-14T03:00:00Z", end: "2027-03-14T10:00:00Z" });
  expect(lengthOf(night)).toBe("7 h");
  expect(sayLength(52 * 3_600_000)).toBe("2 days 4 h");
});

it("knows what is going on now, on the user's day", () => {
  const lateEvening = Date.parse("2027-02-02T03:00:00Z");
  const first = made({ start_date: "2027-02-01", end_date: "2027-02-01" });
  expect(isNow(first, ZONE, lateEvening)).toBe(true);
  expect(isNow(first, "Europe/Berlin", lateEvening)).toBe(false);
  const hour = made({ start: "2027-02-01T12:00:00Z", end: "2027-02-01T13:00:00Z" });
  expect(isNow(hour, ZONE, NOW)).toBe(true);
  expect(isNow(hour, ZONE, NOW + 3_600_000)).toBe(false);
});

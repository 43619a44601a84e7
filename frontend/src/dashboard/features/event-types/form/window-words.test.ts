import { describe, expect, it } from "vitest";
import { bookableWords } from "./window-words";

describe("the booking window in a sentence", () => {
  it.each([
    [{ window: "open" }, "Bookable until the start, as far ahead as you like."],
    [
      { window: "horizon", max_scheduling_horizon: 86_400, min_scheduling_notice: 240 },
      "Bookable until 4 hours before, up to 60 days ahead.",
    ],
    [
      { window: "rolling", rolling_days: 1, rolling_days_kind: "calendar" },
      "Bookable until the start, today and the 1 day after it.",
    ],
    [
      {
        window: "rolling",
        rolling_days: 5,
        rolling_days_kind: "available",
        max_scheduling_horizon: 1440,
      },
      "Bookable until the start, the next 5 days with free times, at most 1 day ahead.",
    ],
    [
      { window: "dates", date_range: { start: "2027-01-04", end: "2027-06-30" } },
      "Bookable until the start, from 2027-01-04 until 2027-06-30.",
    ],
    [{ window: "dates", date_range: { start: "", end: "" } }, "Bookable until the start."],
    [{ window: "rolling", rolling_days: null }, "Bookable until the start."],
  ] as const)("%#", (values, words) => {
    expect(bookableWords(values)).toBe(words);
  });
});

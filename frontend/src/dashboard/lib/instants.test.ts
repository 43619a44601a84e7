import { describe, expect, it } from "vitest";
import { dayHeading, dayStart, formatDay, formatMoment, formatSpan } from "./instants";

describe("times in the organizer's zone", () => {
  it("reads the same instants on two clocks", () => {
    const [start, end] = ["2027-03-11T09:30:00Z", "2027-03-11T10:00:00Z"];
    expect(formatSpan(start, end, "Europe/Lisbon")).toBe("09:30 – 10:00");
    expect(formatSpan(start, end, "Europe/Berlin")).toBe("10:30 – 11:00");
  });

  it("names the year only when it is another one", () => {
    expect(formatDay("2027-03-11", "2027-03-08")).toBe("Thursday 11 March");
    expect(formatDay("2028-03-11", "2027-03-08")).toBe("Saturday 11 March 2028");
  });

  it("says today and tomorrow", () => {
    expect(dayHeading("2027-03-08", "2027-03-08")).toBe("Today, Monday 8 March");
    expect(dayHeading("2027-03-09", "2027-03-08")).toBe("Tomorrow, Tuesday 9 March");
    expect(dayHeading("2027-03-10", "2027-03-08")).toBe("Wednesday 10 March");
  });

  it("starts a day at its first instant, also on the day the clock changes", () => {
    expect(dayStart("2027-03-28", "Europe/Berlin")).toBe("2027-03-27T23:00:00Z");
    expect(dayStart("2027-03-29", "Europe/Berlin")).toBe("2027-03-28T22:00:00Z");
  });

  it("writes a line of history", () => {
    const now = Date.parse("2027-03-12T00:00:00Z");
    expect(formatMoment("2027-03-10T09:30:00Z", "Europe/Lisbon", now)).toBe("Wed 10 March, 09:30");
  });
});

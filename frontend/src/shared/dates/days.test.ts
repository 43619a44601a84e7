import { describe, expect, it } from "vitest";
import { addMonths, dayInZone, lastDayOf, moveDay, spanOfDays, startOfDay, weeksOf } from "./days";

describe("weeksOf", () => {
  it("starts weeks as the locale does", () => {
    expect(weeksOf("2027-03", "en-GB")[0]?.[0]).toBe("2027-03-01");
    expect(weeksOf("2027-03", "en-US")[0]).toEqual([
      null,
      "2027-03-01",
      "2027-03-02",
      "2027-03-03",
      "2027-03-04",
      "2027-03-05",
      "2027-03-06",
    ]);
    expect(weeksOf("2027-03", "ar-EG")[0]?.slice(0, 3)).toEqual([null, null, "2027-03-01"]);
  });

  it.each([
    ["2027-02", 4],
    ["2027-03", 5],
    ["2026-11", 6],
  ])("gives %s %i weeks of seven cells", (month, count) => {
    const weeks = weeksOf(month, "en-GB");
    expect(weeks).toHaveLength(count);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeks.flat().filter(Boolean)).toHaveLength(Number(lastDayOf(month).slice(8)));
  });
});

describe("moveDay", () => {
  it("follows the keys of a date grid", () => {
    expect(moveDay("2027-03-11", { days: -7 }, "en-GB")).toBe("2027-03-04");
    expect(moveDay("2027-03-11", { weekEdge: "start" }, "en-GB")).toBe("2027-03-08");
    expect(moveDay("2027-03-11", { weekEdge: "start" }, "en-US")).toBe("2027-03-07");
    expect(moveDay("2027-03-11", { weekEdge: "end" }, "en-GB")).toBe("2027-03-14");
  });

  it("keeps the day's number across months where it exists", () => {
    expect(moveDay("2027-01-31", { months: 1 }, "en-GB")).toBe("2027-02-28");
    expect(moveDay("2027-03-31", { months: 12 }, "en-GB")).toBe("2028-03-31");
    expect(addMonths("2026-12", 1)).toBe("2027-01");
  });
});

describe("days in zones", () => {
  it("puts an instant on the invitee's day", () => {
    expect(dayInZone("2027-03-11T23:30:00Z", "Europe/Berlin")).toBe("2027-03-12");
    expect(dayInZone("2027-03-11T23:30:00Z", "America/New_York")).toBe("2027-03-11");
    expect(dayInZone("2027-03-11T10:30:00Z", "Pacific/Kiritimati")).toBe("2027-03-12");
  });

  const hours = (day: string, zone: string) => {
    const [from, to] = spanOfDays(day, day, zone);
    return (to - from) / 3_600_000;
  };

  it("knows that days are 23, 24 or 25 hours long, or 24.5 at Lord Howe", () => {
    expect(hours("2027-03-28", "Europe/Berlin")).toBe(23);
    expect(hours("2027-10-31", "Europe/Berlin")).toBe(25);
    expect(hours("2027-03-29", "Europe/Berlin")).toBe(24);
    expect(hours("2027-04-04", "Australia/Lord_Howe")).toBe(24.5);
  });

  it("starts a day whose midnight is jumped over at its first instant", () => {
    expect(new Date(startOfDay("2027-04-30", "Africa/Cairo")).toISOString()).toBe(
      "2027-04-29T22:00:00.000Z",
    );
  });
});

import { expect, it } from "vitest";
import { type HolidayCalendar, withOpenDate } from "../../../api/holidays";
import { byYear } from "./years";

const day = (date: string) => ({ date, name: date, is_open: false });
const days = [day("2027-01-01"), day("2027-12-25"), day("2028-01-01")];

it("keeps today among what is ahead and sorts the rest by year", () => {
  const { over, years } = byYear(days, "2027-12-25");
  expect(over.map(({ date }) => date)).toEqual(["2027-01-01"]);
  expect(years.map(({ year, days: ahead }) => [year, ahead.length])).toEqual([
    ["2027", 1],
    ["2028", 1],
  ]);
});

it("opens and closes one day, whatever the others are", () => {
  const calendar: HolidayCalendar = { country: "DE", region: "", open_dates: ["2028-01-01"], days };
  const opened = withOpenDate(calendar, "2027-12-25", true);
  expect(opened.open_dates).toEqual(["2027-12-25", "2028-01-01"]);
  expect(opened.days[1]?.is_open).toBe(true);
  expect(withOpenDate(opened, "2027-12-25", true).open_dates).toEqual(opened.open_dates);
  expect(withOpenDate(opened, "2027-12-25", false).open_dates).toEqual(["2028-01-01"]);
});

import { expect, it } from "vitest";
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

import { expect, it } from "vitest";
import { withDay } from "./holidays";

const calendar = {
  country: "PT",
  region: "",
  // Years ahead of those that are listed.
  open_dates: ["2027-01-01", "2031-12-25"],
  days: [
    { date: "2027-01-01", name: "New Year's Day", is_open: true },
    { date: "2027-12-25", name: "Christmas Day", is_open: false },
  ],
};

const openIn = ({ days }: typeof calendar) =>
  days.filter(({ is_open }) => is_open).map(({ date }) => date);

it("adds a day worked on and keeps the open dates of other years", () => {
  const changed = withDay(calendar, "2027-12-25", true);
  expect(changed.open_dates).toEqual(["2027-01-01", "2027-12-25", "2031-12-25"]);
  expect(openIn(changed)).toEqual(["2027-01-01", "2027-12-25"]);
});

it("closes a day and keeps the open dates of other years", () => {
  const changed = withDay(calendar, "2027-01-01", false);
  expect(changed.open_dates).toEqual(["2031-12-25"]);
  expect(openIn(changed)).toEqual([]);
});

it("stores an open day once", () => {
  expect(withDay(calendar, "2027-01-01", true).open_dates).toEqual(calendar.open_dates);
});

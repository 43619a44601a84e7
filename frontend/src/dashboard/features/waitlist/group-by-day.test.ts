import { expect, it } from "vitest";
import type { WaitlistEntry } from "../../api/waitlist";
import { groupByDay } from "./group-by-day";

const entry = (id: string, desired_start_time: string, position: number | null) =>
  ({ id, desired_start_time, position, event_type: { name: "Intro" } }) as WaitlistEntry;

const entries = [
  entry("late", "2027-03-12T10:00:00Z", 1),
  entry("second", "2027-03-11T10:00:00Z", 2),
  entry("offered", "2027-03-11T10:00:00Z", null),
  entry("first", "2027-03-11T10:00:00Z", 1),
  entry("early", "2027-03-10T23:30:00Z", 1),
];
const groups = (nextFirst: boolean) =>
  groupByDay(entries, "Europe/Berlin", nextFirst).map(([day, ofDay]) => [
    day,
    ofDay.map(({ id }) => id),
  ]);

it("puts who waits in line, day by day on the organizer's clock", () => {
  expect(groups(true)).toEqual([
    ["2027-03-11", ["early", "offered", "first", "second"]],
    ["2027-03-12", ["late"]],
  ]);
});

it("begins with the last day of what is over", () => {
  expect(groups(false).map(([day]) => day)).toEqual(["2027-03-12", "2027-03-11"]);
});

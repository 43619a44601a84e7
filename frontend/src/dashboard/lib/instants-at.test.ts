import { expect, it } from "vitest";
import { instantsAt } from "./instants-at";

it.each([
  ["an ordinary day", "2027-03-11", "10:30", "Europe/Berlin", ["2027-03-11T09:30:00Z"]],
  [
    "the other side of the date line",
    "2027-03-11",
    "00:15",
    "Pacific/Auckland",
    ["2027-03-10T11:15:00Z"],
  ],
  ["a time the clock jumps over", "2027-03-28", "02:30", "Europe/Berlin", []],
  [
    "the first instant after the jump",
    "2027-03-28",
    "03:00",
    "Europe/Berlin",
    ["2027-03-28T01:00:00Z"],
  ],
  [
    "a time that comes twice",
    "2027-10-31",
    "02:30",
    "Europe/Berlin",
    ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"],
  ],
  [
    "half an hour back",
    "2027-04-04",
    "01:45",
    "Australia/Lord_Howe",
    ["2027-04-03T14:45:00Z", "2027-04-03T15:15:00Z"],
  ],
  ["a midnight that is jumped over", "2027-04-30", "00:15", "Africa/Cairo", []],
  ["no time", "2027-03-11", "", "Europe/Berlin", []],
  ["no day", "2027-02-30", "10:00", "Europe/Berlin", []],
])("knows %s", (_what, day, time, zone, instants) => {
  expect(instantsAt(day, time, zone)).toEqual(instants);
});

import { describe, expect, it } from "vitest";
import type { Booking } from "../../../api/bookings";
import type { Schedule } from "../../../api/schedules";
import { closedWindows, layOutDay, openWindows, visibleHours, weekOf } from "./layout";

const booking = (start: string, end: string) =>
  ({ id: start, start_time: start, end_time: end }) as Booking;

describe("a day's blocks", () => {
  it("stand at their minutes on the zone's clock", () => {
    const [block] = layOutDay(
      [booking("2027-03-11T09:30:00Z", "2027-03-11T10:00:00Z")],
      "2027-03-11",
      "Europe/Berlin",
    );
    expect(block).toMatchObject({ start: 630, length: 30, lane: 0, lanes: 1 });
  });

  it("share the width only while they overlap", () => {
    const blocks = layOutDay(
      [
        booking("2027-03-11T09:00:00Z", "2027-03-11T10:00:00Z"),
        booking("2027-03-11T09:30:00Z", "2027-03-11T10:30:00Z"),
        booking("2027-03-11T10:30:00Z", "2027-03-11T11:00:00Z"),
      ],
      "2027-03-11",
      "UTC",
    );
    expect(blocks.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [0, 1],
    ]);
  });

  it("belong to the day they start on and end with it", () => {
    const night = booking("2027-03-11T23:00:00Z", "2027-03-12T01:00:00Z");
    expect(layOutDay([night], "2027-03-12", "UTC")).toEqual([]);
    expect(layOutDay([night], "2027-03-11", "UTC")[0]).toMatchObject({ start: 1380, length: 60 });
  });
});

describe("open and closed hours", () => {
  const schedule = {
    timezone: "Europe/Lisbon",
    weekly: [
      { weekday: 4, start: "13:00", end: "17:00" },
      { weekday: 4, start: "09:00", end: "12:00" },
    ],
    overrides: [{ date: "2027-03-18", windows: [] }],
    rules: [],
  } as unknown as Schedule;

  it("come from the week, or from the date's own hours", () => {
    expect(openWindows(schedule, "2027-03-11", "Europe/Lisbon")).toEqual([
      [540, 720],
      [780, 1020],
    ]);
    expect(openWindows(schedule, "2027-03-18", "Europe/Lisbon")).toEqual([]);
  });

  it("are not claimed where this page cannot tell", () => {
    expect(openWindows(schedule, "2027-03-11", "Europe/Berlin")).toBeNull();
  });

  it("leave the rest hatched", () => {
    expect(
      closedWindows(
        [
          [540, 720],
          [780, 1020],
        ],
        480,
        1080,
      ),
    ).toEqual([
      [480, 540],
      [720, 780],
      [1020, 1080],
    ]);
    expect(closedWindows([], 480, 1080)).toEqual([[480, 1080]]);
  });

  it("widen the grid to whole hours", () => {
    expect(visibleHours([], [])).toEqual({ from: 480, to: 1080 });
    expect(visibleHours([], [[330, 1275]])).toEqual({ from: 240, to: 1380 });
  });
});

it.each([
  ["2027-03-10", 1, "2027-03-08"],
  ["2027-03-14", 1, "2027-03-08"],
  ["2027-03-10", 7, "2027-03-07"],
  ["2027-03-06", 6, "2027-03-06"],
])("finds the week of %s that starts on weekday %i", (day, weekStart, first) => {
  const week = weekOf(day, weekStart);
  expect(week[0]).toBe(first);
  expect(week).toHaveLength(7);
  expect(week).toContain(day);
});

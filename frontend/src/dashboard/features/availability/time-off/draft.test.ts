import { describe, expect, it } from "vitest";
import type { TimeOff } from "../../../api/time-off";
import { type Draft, findProblems, NEW_DRAFT, spanOf, toDraft, toInput, withFirst } from "./draft";

const ZONE = "Europe/Berlin";

function stored(changes: Partial<TimeOff>): TimeOff {
  return {
    id: "1",
    start_date: null,
    end_date: null,
    start: null,
    end: null,
    note: "",
    created_at: "2027-01-01T00:00:00Z",
    ...changes,
  };
}

const hours = (changes: Partial<Draft>): Draft => ({
  ...NEW_DRAFT,
  whole: false,
  first: "2027-06-01",
  last: "2027-06-01",
  ...changes,
});

describe("whole days", () => {
  const entry = stored({ start_date: "2027-12-24", end_date: "2028-01-01", note: "Family" });

  it("go out as they came in", () => {
    const input = { start_date: "2027-12-24", end_date: "2028-01-01", note: "Family" };
    expect(toInput(toDraft(entry, ZONE), ZONE, entry)).toEqual({
      ...input,
      start: null,
      end: null,
    });
  });

  it("last from midnight to midnight of the user, over a clock change too", () => {
    const night = stored({ start_date: "2027-03-28", end_date: "2027-03-28" });
    expect(spanOf(toDraft(night, ZONE), ZONE).map((ms) => new Date(ms).toISOString())).toEqual([
      "2027-03-27T23:00:00.000Z",
      "2027-03-28T22:00:00.000Z",
    ]);
  });

  it("become hours, and hours whole days, with the other pair empty", () => {
    const asHours = { ...toDraft(entry, ZONE), whole: false };
    expect(toInput(asHours, ZONE, entry)).toMatchObject({
      start_date: null,
      end_date: null,
      start: "2027-12-24T08:00:00Z",
      end: "2028-01-01T16:00:00Z",
    });
    const back = { ...hours({}), whole: true };
    expect(toInput(back, ZONE, null)).toMatchObject({ start: null, end_date: "2027-06-01" });
  });
});

describe("certain hours", () => {
  it("are read on the clock of the user's zone, in summer and in winter", () => {
    expect(toInput(hours({}), ZONE, null)).toMatchObject({
      start: "2027-06-01T07:00:00Z",
      end: "2027-06-01T15:00:00Z",
    });
    const winter = { first: "2027-12-01", last: "2027-12-01" };
    expect(toInput(hours(winter), ZONE, null)).toMatchObject({ start: "2027-12-01T08:00:00Z" });
  });

  it("keep their wall times over a clock change", () => {
    const night = hours({ first: "2027-03-27", last: "2027-03-28", start: "22:00", end: "06:00" });
    expect(toInput(night, ZONE, null)).toMatchObject({
      start: "2027-03-27T21:00:00Z",
      end: "2027-03-28T04:00:00Z",
    });
  });

  it("that end at midnight end at 24:00 of the day", () => {
    const entry = stored({ start: "2027-06-01T10:00:00Z", end: "2027-06-01T22:00:00Z" });
    const draft = toDraft(entry, ZONE);
    expect(draft).toMatchObject({ first: "2027-06-01", last: "2027-06-01", end: "24:00" });
    expect(toInput({ ...draft, note: "x" }, ZONE, null)).toMatchObject({ end: entry.end });
  });

  it("keep stored instants that a wall time cannot give back, until touched", () => {
    // The second 02:30 of the autumn night, and an end with seconds.
    const entry = stored({ start: "2027-10-31T01:30:00Z", end: "2027-10-31T11:00:42Z" });
    const draft = toDraft(entry, ZONE);
    expect(toInput({ ...draft, note: "Slept in" }, ZONE, entry)).toMatchObject({
      start: entry.start,
      end: entry.end,
    });
    expect(toInput({ ...draft, start: "02:15", end: "12:15" }, ZONE, entry)).toMatchObject({
      start: "2027-10-31T00:15:00Z",
      end: "2027-10-31T11:15:00Z",
    });
  });
});

describe("problems", () => {
  it("ask for days that are missing", () => {
    expect(findProblems(NEW_DRAFT, ZONE)).toEqual({ first: "Choose a day." });
    expect(findProblems({ ...NEW_DRAFT, first: "2027-06-01" }, ZONE)).toEqual({
      last: "Choose a day.",
    });
  });

  it("tell when the end comes first", () => {
    expect(findProblems(hours({ last: "2027-05-31" }), ZONE).last).toMatch(/before the first/);
    expect(findProblems(hours({ end: "09:00" }), ZONE).last).toMatch(/after the start/);
    expect(findProblems(hours({ end: "09:15" }), ZONE)).toEqual({});
  });

  it("tell when nothing is left between two times that the clock jumps over", () => {
    const skipped = { first: "2027-03-28", last: "2027-03-28", start: "02:15", end: "02:45" };
    expect(findProblems(hours(skipped), ZONE).last).toMatch(/after the start/);
  });
});

it("moves the last day along with the first", () => {
  expect(withFirst(NEW_DRAFT, "2027-06-01").last).toBe("2027-06-01");
  const week = { ...NEW_DRAFT, first: "2027-06-01", last: "2027-06-07" };
  expect(withFirst(week, "2027-06-03").last).toBe("2027-06-07");
  expect(withFirst(week, "2027-06-09").last).toBe("2027-06-09");
});

import { describe, expect, it } from "vitest";
import type { Schedule } from "../../api/schedules";
import {
  findWindowsProblem,
  nextWindow,
  reduceDraft,
  toDraft,
  toInput,
  weekdayOfIndex,
} from "./draft";

const schedule: Schedule = {
  id: "s",
  name: "Working hours",
  timezone: "Europe/Lisbon",
  is_default: true,
  weekly: [
    { weekday: 1, start: "13:00", end: "17:00" },
    { weekday: 1, start: "09:00", end: "12:00" },
    { weekday: 3, start: "20:00", end: "24:00" },
  ],
  overrides: [{ date: "2027-12-24", windows: [] }],
  rules: [],
  created_at: "2027-01-01T00:00:00Z",
  updated_at: "2027-01-01T00:00:00Z",
};

describe("editing a schedule", () => {
  it("comes back as it was sent, in order", () => {
    expect(toInput(toDraft(schedule))).toEqual({
      name: "Working hours",
      timezone: "Europe/Lisbon",
      weekly: [
        { weekday: 1, start: "09:00", end: "12:00" },
        { weekday: 1, start: "13:00", end: "17:00" },
        { weekday: 3, start: "20:00", end: "24:00" },
      ],
      overrides: [{ date: "2027-12-24", windows: [] }],
      rules: [],
    });
  });

  it("opens a day with the usual hours and closes it again", () => {
    const draft = toDraft(schedule);
    const open = reduceDraft(draft, { type: "toggle_day", weekday: 2 });
    expect(open.week[2]).toEqual([["09:00", "17:00"]]);
    expect(reduceDraft(open, { type: "toggle_day", weekday: 2 }).week[2]).toEqual([]);
    expect(draft.week[2]).toEqual([]);
  });

  it("adds, changes and removes windows", () => {
    let draft = reduceDraft(toDraft(schedule), { type: "add_window", weekday: 1 });
    expect(draft.week[1].at(-1)).toEqual(["18:00", "19:00"]);
    draft = reduceDraft(draft, {
      type: "set_window",
      weekday: 1,
      index: 2,
      window: ["18:30", "20:00"],
    });
    expect(draft.week[1][2]).toEqual(["18:30", "20:00"]);
    draft = reduceDraft(draft, { type: "remove_window", weekday: 1, index: 0 });
    expect(draft.week[1]).toEqual([
      ["13:00", "17:00"],
      ["18:30", "20:00"],
    ]);
  });

  it("copies a day to others without tying them together", () => {
    const copied = reduceDraft(toDraft(schedule), { type: "copy_day", from: 1, to: [2, 5] });
    expect(copied.week[5]).toEqual(copied.week[1]);
    const changed = reduceDraft(copied, { type: "remove_window", weekday: 5, index: 0 });
    expect(changed.week[1]).toHaveLength(2);
    expect(changed.week[2]).toHaveLength(2);
    expect(changed.week[5]).toHaveLength(1);
  });

  it("replaces a date's override and keeps dates in order", () => {
    let draft = toDraft(schedule);
    draft = reduceDraft(draft, {
      type: "set_override",
      override: { date: "2027-12-01", windows: [["10:00", "12:00"]] },
    });
    draft = reduceDraft(draft, {
      type: "set_override",
      override: { date: "2027-12-24", windows: [["09:00", "11:00"]] },
    });
    expect(draft.overrides).toEqual([
      { date: "2027-12-01", windows: [["10:00", "12:00"]] },
      { date: "2027-12-24", windows: [["09:00", "11:00"]] },
    ]);
    draft = reduceDraft(draft, { type: "remove_override", date: "2027-12-01" });
    expect(draft.overrides).toHaveLength(1);
  });

  it("knows which weekday the server means by an index", () => {
    const draft = toDraft(schedule);
    expect(weekdayOfIndex(draft, 1)).toBe(1);
    expect(weekdayOfIndex(draft, 2)).toBe(3);
    expect(weekdayOfIndex(draft, 3)).toBeUndefined();
  });
});

describe("one day's windows", () => {
  it("may touch but not overlap", () => {
    expect(
      findWindowsProblem([
        ["09:00", "12:00"],
        ["12:00", "13:00"],
      ]),
    ).toBeUndefined();
    expect(
      findWindowsProblem([
        ["11:00", "13:00"],
        ["09:00", "12:00"],
      ]),
    ).toContain("overlap");
  });

  it("end after they start", () => {
    expect(findWindowsProblem([["12:00", "12:00"]])).toContain("after");
    expect(findWindowsProblem([["23:00", "24:00"]])).toBeUndefined();
  });

  it("suggests a later window that still fits the day", () => {
    expect(nextWindow([["20:00", "24:00"]])).toEqual(["23:00", "24:00"]);
  });
});

import { describe, expect, it } from "vitest";
import type { Reason } from "../../api/explanation";
import { type Surroundings, startWords, wordsOf } from "./reason-words";

const AROUND: Surroundings = {
  at: "2027-03-11T10:00:00Z",
  eventType: "e1",
  zone: "Europe/Berlin",
  now: Date.parse("2027-03-09T09:00:00Z"),
  me: "ana",
  schedules: [{ id: "s1", name: "Studio" }],
};

const told = (reason: Partial<Reason>, around: Partial<Surroundings> = {}) =>
  wordsOf(
    { code: "", cause_kind: "", cause_id: "", detail: "", cure: "", host: "ana", ...reason },
    { ...AROUND, ...around },
  );

describe("hours", () => {
  it("names the schedule and leads to it", () => {
    const words = told({ code: "outside_hours", cause_kind: "schedule", cause_id: "s1" });
    expect(words.title).toBe("Outside the weekly hours");
    expect(words.cause).toBe("“Studio” is closed then.");
    expect(words.link?.to).toBe("/availability?schedule=s1");
  });

  it("tells the clock that the hours are read on where it is another one", () => {
    const reason = { cause_kind: "schedule", cause_id: "s1" };
    const detail = "2027-03-11 19:00 Asia/Tokyo is outside the weekly hours";
    expect(told({ ...reason, detail }).cause).toBe(
      "“Studio” is closed then: it is Thu 11 March, 19:00 in Tokyo.",
    );
    const same = "2027-03-11 11:00 Europe/Berlin is outside the weekly hours";
    expect(told({ ...reason, detail: same }).cause).toBe("“Studio” is closed then.");
    const alike = "2027-03-11 11:00 Europe/Rome is outside the weekly hours";
    expect(told({ ...reason, detail: alike }).cause).toBe("“Studio” is closed then.");
  });

  it("names the day of a holiday", () => {
    const words = told({ cause_kind: "holiday", cause_id: "holiday:2027-03-11" });
    expect(words.cause).toBe("Thu 11 March is closed.");
    expect(words.link?.to).toBe("/availability/holidays");
  });

  it("leads nobody to hours of somebody else, whom they have to ask", () => {
    const words = told({ code: "outside_hours", cause_kind: "schedule", host: "rita" });
    expect(words.cause).toBe("The hours are closed then.");
    expect(words.cure).toBe("Ask them to open these hours, on this date or every week.");
    expect(told({ cause_kind: "schedule", host: "ana" }).cure).toMatch(/^Open these hours/);
    expect(words.link).toBeNull();
  });

  it("names the date of an override", () => {
    const words = told({ cause_kind: "override", cause_id: "2027-03-11" });
    expect(words.cause).toBe("Thu 11 March is closed then.");
  });
});

describe("times in the server's sentences", () => {
  it("are told in the organizer's zone", () => {
    const detail = "booked 2027-03-11T09:30:00Z to 2027-03-11T10:30:00Z";
    expect(told({ code: "booked", cause_kind: "booking", detail }).cause).toBe(
      "Booked Thu 11 March, 10:30 – 11:30.",
    );
  });

  it("name the second day where a span ends on another", () => {
    const detail = "the calendar is busy 2027-03-11T20:00:00Z to 2027-03-12T08:00:00Z";
    expect(told({ code: "calendar_busy", cause_kind: "calendar", detail }).cause).toBe(
      "The calendar is busy Thu 11 March, 21:00 – Fri 12 March, 09:00.",
    );
  });
});

describe("the smallest change", () => {
  it("speaks the form's words, in units a person reads", () => {
    expect(told({ code: "buffer", cure: "lower buffer_before to 5 minutes" }).cure).toBe(
      "Lower the minutes free before to 5 minutes.",
    );
    expect(told({ cause_kind: "rolling_days", cure: "raise rolling_days to 12" }).cure).toBe(
      "Raise the number of days to 12.",
    );
    expect(
      told({ code: "full", cause_kind: "booking", cure: "raise the capacity to 7" }).cure,
    ).toBe("Raise the number of seats to 7.");
  });

  it("rounds the horizon up to the days that the form counts", () => {
    const cure = "raise max_horizon to 1441 minutes";
    expect(told({ cause_kind: "horizon", cure }).cure).toBe("Make it bookable 2 days ahead.");
  });

  it("lowers the notice, but not for what is over", () => {
    const reason = {
      code: "too_soon",
      cause_kind: "notice",
      detail: "4320 minutes' notice: the first start is 2027-03-12T09:00:00Z",
      cure: "lower min_notice to 2940 minutes",
    };
    const words = told(reason);
    expect(words.cause).toBe(
      "It asks for 3 days of notice. The first start is Fri 12 March, 10:00.",
    );
    expect(words.cure).toBe("Lower the minimum notice to 49 hours.");
    const past = told(reason, { at: "2027-03-09T08:59:00Z" });
    expect(past).toMatchObject({ title: "It is in the past", cause: "", cure: "", link: null });
  });

  it("offers the start times next to one that is off the grid", () => {
    const words = told({
      code: "off_grid",
      cause_kind: "grid",
      detail: "starts are 30 minutes apart (opening)",
      cure: "choose 2027-03-11T09:30:00Z or 2027-03-11T10:00:00Z",
    });
    expect(words.cause).toBe("Starts are 30 minutes apart, counted from the start of the hours.");
    expect(words.starts).toEqual(["2027-03-11T09:30:00Z", "2027-03-11T10:00:00Z"]);
    expect(told({ cause_kind: "grid" })).toMatchObject({ starts: [], cure: "" });
  });
});

it("names the day of another start only where it is another one", () => {
  expect(startWords("2027-03-11T22:30:00Z", AROUND)).toBe("23:30");
  expect(startWords("2027-03-11T23:30:00Z", AROUND)).toBe("Fri 12 March, 00:30");
});

describe("where it is changed", () => {
  it.each([
    [{ cause_kind: "limit", cause_id: "limits/0" }, "/event-types/e1/edit#limits"],
    [{ cause_kind: "limit", cause_id: "booking_limits/0" }, "/settings#limits"],
    [{ cause_kind: "date_range" }, "/event-types/e1/edit#window"],
    [{ code: "full", cause_kind: "booking" }, "/event-types/e1/edit#hosts"],
    [{ code: "buffer", cause_kind: "booking" }, "/event-types/e1/edit#scheduling"],
    [{ cause_kind: "out_of_office" }, "/availability/time-off"],
    [{ cause_kind: "rule" }, "/availability"],
    [{ code: "booked", cause_kind: "booking" }, undefined],
  ])("%o", (reason, to) => {
    expect(told(reason).link?.to).toBe(to);
  });
});

it("keeps the server's sentence for a cause it does not know", () => {
  const words = told({ code: "too_soon", cause_kind: "moon", detail: "the moon is full" });
  expect(words).toMatchObject({ title: "Too soon", cause: "The moon is full." });
});

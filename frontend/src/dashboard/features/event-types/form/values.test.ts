import { describe, expect, it } from "vitest";
import type { EventType } from "../../../api/event-types";
import {
  bookedAtOnce,
  eventTypeSchema,
  NEW_EVENT_TYPE,
  newHost,
  toInput,
  toValues,
  type WindowMode,
} from "./values";

const ANSWER = {
  ...NEW_EVENT_TYPE,
  id: "e",
  name: "Intro",
  durations: [30, 45],
  schedule: null,
  max_scheduling_horizon: 0,
  date_range: { start: "2027-01-01", end: null },
  recurrence_end_date: null,
  booking_url: "https://halfpast.example/ana/intro",
} as unknown as EventType;

const faultsOf = (changes: Partial<typeof NEW_EVENT_TYPE>) => {
  const result = eventTypeSchema.safeParse({ ...NEW_EVENT_TYPE, name: "Intro", ...changes });
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join("."));
};

describe("what the form checks by itself", () => {
  it("takes a name and nothing else", () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ name: "  " })).toEqual(["name"]);
  });

  it("asks for details where they are needed", () => {
    expect(faultsOf({ location_type: "in_person" })).toEqual(["location_details"]);
    expect(faultsOf({ location_type: "custom", location_details: "Café" })).toEqual([]);
  });

  it("keeps each buffer within the duration", () => {
    expect(faultsOf({ duration: 15, buffer_time_before: 20 })).toEqual(["buffer_time_before"]);
    expect(faultsOf({ duration: 30, buffer_time_after: 30 })).toEqual([]);
  });

  it("asks for what the chosen booking window needs", () => {
    expect(faultsOf({ window: "horizon", max_scheduling_horizon: null })).toEqual([
      "max_scheduling_horizon",
    ]);
    expect(faultsOf({ window: "rolling" })).toEqual(["rolling_days"]);
    expect(faultsOf({ window: "rolling", rolling_days: 366 })).toEqual(["rolling_days"]);
    expect(faultsOf({ window: "dates" })).toEqual(["date_range.start"]);
    expect(faultsOf({ window: "dates", date_range: { start: "", end: "2027-03-01" } })).toEqual([]);
    expect(
      faultsOf({ window: "dates", date_range: { start: "2027-03-02", end: "2027-03-01" } }),
    ).toEqual(["date_range.end"]);
    expect(faultsOf({ window: "open", max_scheduling_horizon: null })).toEqual([]);
  });

  it("gives a group seats and a team hosts", () => {
    expect(faultsOf({ kind: "group", max_attendees: 1 })).toEqual(["max_attendees"]);
    expect(faultsOf({ kind: "collective" })).toEqual(["hosts"]);
    expect(faultsOf({ kind: "collective", hosts: [newHost("a", "", "collective")] })).toEqual([]);
  });

  it("lets at least one host of a round robin take turns", () => {
    const [ana, rita] = [newHost("a", "Ana", "round_robin"), newHost("r", "Rita", "round_robin")];
    const always = { ...ana, required: true };
    expect(faultsOf({ kind: "round_robin", hosts: [always] })).toEqual(["hosts"]);
    expect(faultsOf({ kind: "round_robin", hosts: [always, rita] })).toEqual([]);
    expect(faultsOf({ kind: "round_robin", hosts: [{ ...rita, weight: 101 }] })).toEqual([
      "hosts.0.weight",
    ]);
  });

  it("asks how near a booking must be to be confirmed", () => {
    const near = { requires_confirmation: true, confirmation: "near" } as const;
    expect(faultsOf(near)).toEqual(["confirmation_within_minutes"]);
    expect(faultsOf({ ...near, confirmation_within_minutes: 60 })).toEqual([]);
    expect(faultsOf({ ...near, requires_confirmation: false })).toEqual([]);
  });

  it("confirms neither seats of a group nor series", () => {
    const asks = { requires_confirmation: true } as const;
    expect(faultsOf(asks)).toEqual([]);
    expect(faultsOf({ ...asks, kind: "group", max_attendees: 6 })).toEqual([
      "requires_confirmation",
    ]);
    expect(faultsOf({ ...asks, recurrence_type: "weekly", max_occurrences: 4 })).toEqual([
      "requires_confirmation",
    ]);
    expect(bookedAtOnce({ ...NEW_EVENT_TYPE, max_attendees: 6 })).toBeNull();
  });

  it("asks a series for its end, and for the rule where there is to be one", () => {
    expect(faultsOf({ recurrence_type: "weekly" })).toEqual(["max_occurrences"]);
    expect(faultsOf({ recurrence_type: "weekly", max_occurrences: 4 })).toEqual([]);
    expect(faultsOf({ recurrence_type: "daily", recurrence_end_date: "2027-03-01" })).toEqual([]);
    const rule = { recurrence_type: "rule" } as const;
    expect(faultsOf({ ...rule, max_occurrences: 4 })).toEqual(["recurrence_rule"]);
    expect(faultsOf({ ...rule, recurrence_rule: "FREQ=DAILY;COUNT=3" })).toEqual([]);
    expect(faultsOf({ ...rule, recurrence_rule: "FREQ=DAILY" })).toEqual(["max_occurrences"]);
    // What is left of a rule that was chosen away from ends nothing.
    expect(faultsOf({ recurrence_type: "daily", recurrence_rule: "COUNT=3" })).toEqual([
      "max_occurrences",
    ]);
  });

  it("takes one limit of a kind", () => {
    const week = { per: "week", max: 5 } as const;
    expect(faultsOf({ limits: [week, { per: "day", max: 2 }] })).toEqual([]);
    expect(faultsOf({ limits: [week, { ...week, max: 9 }] })).toEqual(["limits.1.per"]);
  });

  it("refuses addresses with capitals and links that are none", () => {
    expect(faultsOf({ event_type_slug: "Intro Call" })).toEqual(["event_type_slug"]);
    expect(faultsOf({ redirect_url_after_booking: "javascript:alert(1)" })).toEqual([
      "redirect_url_after_booking",
    ]);
  });
});

describe("between form and API", () => {
  it("sends null for what is empty", () => {
    const input = toInput({ ...NEW_EVENT_TYPE, name: " Intro ", schedule: "" });
    expect(input).toMatchObject({ name: "Intro", schedule: null, date_range: null });
  });

  it("sends one rule for the end of the booking window, and what may stand beside it", () => {
    const filled = {
      ...NEW_EVENT_TYPE,
      max_scheduling_horizon: 1440,
      date_range: { start: "2027-01-04", end: "" },
      rolling_days: 10,
      rolling_days_kind: "business",
    } as const;
    const sent = (window: WindowMode) => {
      const input = toInput({ ...filled, window });
      expect(input).not.toHaveProperty("window");
      return [input.max_scheduling_horizon, input.date_range, input.rolling_days];
    };
    expect(sent("open")).toEqual([0, null, null]);
    expect(sent("horizon")).toEqual([1440, null, null]);
    expect(sent("dates")).toEqual([1440, { start: "2027-01-04", end: null }, null]);
    expect(sent("rolling")).toEqual([1440, null, 10]);
    const alone = toInput({ ...filled, window: "rolling", max_scheduling_horizon: null });
    expect(alone.max_scheduling_horizon).toBe(0);
  });

  it("tells the kind of booking window from what is set", () => {
    const windowOf = (changes: object) =>
      toValues({ ...ANSWER, rolling_days: null, date_range: null, ...changes } as EventType).window;
    expect(windowOf({ max_scheduling_horizon: 0 })).toBe("open");
    expect(windowOf({ max_scheduling_horizon: 60 })).toBe("horizon");
    expect(windowOf({ max_scheduling_horizon: 60, rolling_days: 3 })).toBe("rolling");
    expect(windowOf({ date_range: { start: "2027-01-01", end: null } })).toBe("dates");
  });

  it("sends a team's hosts without their names, and nobody else for one host", () => {
    const hosts = [newHost("a", "Ana", "round_robin"), newHost("r", "Rita", "round_robin")];
    const sent = toInput({ ...NEW_EVENT_TYPE, kind: "round_robin", hosts });
    expect(sent.hosts).toEqual(
      ["a", "r"].map((user) => ({
        user,
        required: false,
        weight: 1,
        priority: 0,
        schedule: null,
      })),
    );
    expect(toInput({ ...NEW_EVENT_TYPE, kind: "one_on_one", hosts }).hosts).toEqual([]);
    const rita = hosts.slice(1);
    expect(toInput({ ...NEW_EVENT_TYPE, kind: "group", hosts: rita }).hosts).toHaveLength(1);
  });

  it("sends how near confirmation is asked for only where that was chosen", () => {
    const filled = { ...NEW_EVENT_TYPE, confirmation_within_minutes: 600 };
    expect(toInput(filled)).toMatchObject({ confirmation_within_minutes: null });
    const sent = toInput({ ...filled, confirmation: "near" });
    expect(sent.confirmation_within_minutes).toBe(600);
    expect(sent).not.toHaveProperty("confirmation");
  });

  it("tells which bookings are confirmed from the minutes", () => {
    const which = (minutes: number | null) =>
      toValues({ ...ANSWER, confirmation_within_minutes: minutes } as EventType).confirmation;
    expect(which(null)).toBe("always");
    expect(which(600)).toBe("near");
  });

  it("gives one-on-one meetings one seat", () => {
    expect(toInput({ ...NEW_EVENT_TYPE, max_attendees: 6 }).max_attendees).toBe(1);
    expect(toInput({ ...NEW_EVENT_TYPE, kind: "group", max_attendees: 6 }).max_attendees).toBe(6);
  });

  it("sends a rule of one's own without a type, and a type without the rule", () => {
    const filled = { ...NEW_EVENT_TYPE, recurrence_rule: " FREQ=DAILY;COUNT=3 " };
    expect(toInput({ ...filled, recurrence_type: "rule" })).toMatchObject({
      recurrence_type: "none",
      recurrence_rule: "FREQ=DAILY;COUNT=3",
    });
    expect(toInput({ ...filled, recurrence_type: "weekly" })).toMatchObject({
      recurrence_type: "weekly",
      recurrence_rule: "",
    });
    const read = { ...ANSWER, recurrence_type: "weekly", recurrence_rule: "FREQ=DAILY;COUNT=3" };
    expect(toValues(read as EventType).recurrence_type).toBe("rule");
  });

  it("drops series settings once the series is off", () => {
    const input = toInput({
      ...NEW_EVENT_TYPE,
      recurrence_type: "none",
      recurrence_rule: "FREQ=DAILY",
      max_occurrences: 5,
      recurrence_end_date: "2027-01-01",
    });
    expect(input).toMatchObject({
      recurrence_rule: "",
      max_occurrences: null,
      recurrence_end_date: null,
    });
  });

  it("reads what the server answers, nulls becoming empty fields", () => {
    const values = toValues(ANSWER);
    expect(values.durations).toEqual([45]);
    expect(values.schedule).toBe("");
    expect(values.date_range).toEqual({ start: "2027-01-01", end: "" });
    expect(values.recurrence_end_date).toBe("");
    expect(values).not.toHaveProperty("booking_url");
    expect(values.max_scheduling_horizon).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import type { EventType } from "../../../api/event-types";
import { eventTypeSchema, NEW_EVENT_TYPE, toInput, toValues } from "./values";

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

  it("refuses a date range that ends before it starts", () => {
    expect(faultsOf({ date_range: { start: "2027-03-02", end: "2027-03-01" } })).toEqual([
      "date_range.end",
    ]);
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
    const answer = {
      ...NEW_EVENT_TYPE,
      id: "e",
      name: "Intro",
      durations: [30, 45],
      schedule: null,
      date_range: { start: "2027-01-01", end: null },
      recurrence_end_date: null,
      booking_url: "https://halfpast.example/ana/intro",
    } as unknown as EventType;
    const values = toValues(answer);
    expect(values.durations).toEqual([45]);
    expect(values.schedule).toBe("");
    expect(values.date_range).toEqual({ start: "2027-01-01", end: "" });
    expect(values.recurrence_end_date).toBe("");
    expect(values).not.toHaveProperty("booking_url");
  });
});

import { describe, expect, it } from "vitest";
import { readListQuery, toApiFilters } from "./filters";

const NOW = Date.parse("2027-03-10T10:40:00Z");
const filtersOf = (query: string) =>
  toApiFilters(readListQuery(new URLSearchParams(query)), NOW, "Europe/Berlin");

describe("what the list asks for", () => {
  it("shows what is ahead, earliest first", () => {
    expect(filtersOf("")).toMatchObject({
      status: "confirmed,pending",
      start_after: "2027-03-10T10:40:00Z",
      ordering: "start_time",
    });
  });

  it("shows requests that can still be answered, the next first", () => {
    expect(filtersOf("tab=requests")).toMatchObject({
      status: "pending",
      start_after: "2027-03-10T10:40:00Z",
      ordering: "start_time",
    });
  });

  it("shows what is over, latest first", () => {
    const filters = filtersOf("tab=past");
    expect(filters).toMatchObject({
      start_before: "2027-03-10T10:40:00Z",
      ordering: "-start_time",
    });
    expect(filters.start_after).toBeUndefined();
  });

  it("reads a day in the organizer's zone", () => {
    expect(filtersOf("day=2027-03-12").start_after).toBe("2027-03-11T23:00:00Z");
    expect(filtersOf("tab=past&day=2027-03-05").start_before).toBe("2027-03-05T23:00:00Z");
    expect(filtersOf("tab=cancelled&day=2027-03-05").start_before).toBe("2027-03-05T23:00:00Z");
  });

  it("never lists the past as upcoming, nor the future as past", () => {
    expect(filtersOf("day=2027-01-01").start_after).toBe("2027-03-10T10:40:00Z");
    expect(filtersOf("tab=past&day=2028-01-01").start_before).toBe("2027-03-10T10:40:00Z");
  });

  it("takes one state, event type and search from the address", () => {
    expect(filtersOf("tab=cancelled&status=expired&event_type=e1&search=jonas")).toMatchObject({
      status: "expired",
      event_type: "e1",
      search: "jonas",
    });
  });

  it("ignores an address that makes no sense", () => {
    expect(readListQuery(new URLSearchParams("tab=nope&day=soon"))).toMatchObject({
      tab: "upcoming",
      day: "",
    });
  });
});

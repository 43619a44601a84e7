import { describe, expect, it } from "vitest";
import { clockKind, endInstant, startInstant } from "./wall-instants";

const iso = (ms: number) => new Date(ms).toISOString();

describe("on an ordinary day", () => {
  it("reads both ends on the zone's clock", () => {
    expect(iso(startInstant("2027-07-01", "09:00", "Europe/Lisbon"))).toBe(
      "2027-07-01T08:00:00.000Z",
    );
    expect(iso(endInstant("2027-07-01", "17:15", "Asia/Kathmandu"))).toBe(
      "2027-07-01T11:30:00.000Z",
    );
  });

  it("takes 24:00 for the next day's midnight, also at the end of a year", () => {
    expect(iso(endInstant("2027-12-31", "24:00", "Asia/Tokyo"))).toBe("2027-12-31T15:00:00.000Z");
  });
});

describe("when the clock goes back (Berlin, 31 October 2027, 03:00 to 02:00)", () => {
  it("covers both showings of a time", () => {
    expect(iso(startInstant("2027-10-31", "02:30", "Europe/Berlin"))).toBe(
      "2027-10-31T00:30:00.000Z",
    );
    expect(iso(endInstant("2027-10-31", "02:30", "Europe/Berlin"))).toBe(
      "2027-10-31T01:30:00.000Z",
    );
    expect(clockKind("2027-10-31", "02:30", "Europe/Berlin")).toBe("twice");
  });

  it("leaves the hours around it alone", () => {
    expect(iso(startInstant("2027-10-31", "01:45", "Europe/Berlin"))).toBe(
      "2027-10-30T23:45:00.000Z",
    );
    expect(iso(endInstant("2027-10-31", "03:00", "Europe/Berlin"))).toBe(
      "2027-10-31T02:00:00.000Z",
    );
    expect(clockKind("2027-10-31", "03:00", "Europe/Berlin")).toBe("once");
  });
});

describe("when the clock jumps ahead", () => {
  it("takes the jump itself for a time that does not exist (Berlin, 28 March 2027)", () => {
    for (const time of ["02:00", "02:30", "02:59"]) {
      expect(iso(startInstant("2027-03-28", time, "Europe/Berlin"))).toBe(
        "2027-03-28T01:00:00.000Z",
      );
      expect(iso(endInstant("2027-03-28", time, "Europe/Berlin"))).toBe("2027-03-28T01:00:00.000Z");
      expect(clockKind("2027-03-28", time, "Europe/Berlin")).toBe("skipped");
    }
    expect(clockKind("2027-03-28", "03:00", "Europe/Berlin")).toBe("once");
  });

  it("does so by half an hour too (Lord Howe, 3 October 2027)", () => {
    expect(iso(startInstant("2027-10-03", "02:15", "Australia/Lord_Howe"))).toBe(
      "2027-10-02T15:30:00.000Z",
    );
  });

  it("ends a day whose midnight does not exist at the jump (Santiago, 4 September 2027)", () => {
    expect(iso(endInstant("2027-09-04", "24:00", "America/Santiago"))).toBe(
      "2027-09-05T04:00:00.000Z",
    );
    expect(iso(startInstant("2027-09-05", "00:00", "America/Santiago"))).toBe(
      "2027-09-05T04:00:00.000Z",
    );
  });
});

import { describe, expect, it } from "vitest";
import {
  dateName,
  monthParts,
  timeName,
  usualClock,
  weekdayName,
  zoneAbbreviation,
} from "./formats";

const plain = (text: string) => text.replace(/\s/g, " ");

describe("formats", () => {
  it("knows the clock people are used to", () => {
    expect(usualClock("en-US")).toBe("h12");
    expect(usualClock("en-GB")).toBe("h23");
    expect(usualClock("de")).toBe("h23");
  });

  it("writes the wall time of the zone asked", () => {
    const noon = "2027-03-11T12:05:00Z";
    expect(timeName("en-GB", noon, "Europe/Berlin", "h23")).toBe("13:05");
    expect(plain(timeName("en-US", noon, "America/New_York", "h12"))).toBe("7:05 AM");
    expect(timeName("en-GB", "2027-03-11T23:00:00Z", "Europe/Berlin", "h23")).toBe("00:00");
  });

  it("writes days in the locale's order", () => {
    expect(`${weekdayName("en-GB", "2027-03-11", "long")} ${dateName("en-GB", "2027-03-11")}`).toBe(
      "Thursday 11 March",
    );
    expect(dateName("de", "2027-03-11")).toBe("11. März");
  });

  it("writes Gregorian dates where the locale's own calendar is another", () => {
    expect(
      monthParts("fa-IR", "2027-03")
        .map(({ text }) => text)
        .join(""),
    ).toContain("۲۰۲۷");
  });

  it("tells the two 02:30 of an autumn night apart", () => {
    const [first, second] = ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"].map((instant) => [
      timeName("en-GB", instant, "Europe/Berlin", "h23"),
      zoneAbbreviation("en-GB", instant, "Europe/Berlin"),
    ]);
    expect(first).toEqual(["02:30", "CEST"]);
    expect(second).toEqual(["02:30", "CET"]);
  });
});

import { describe, expect, it } from "vitest";
import {
  currentName,
  detectZone,
  isKnownZone,
  isSameZone,
  showSameTime,
  zoneLabel,
  zonesByRegion,
} from "./zones";

describe("detectZone", () => {
  it.each(["UTC", "Etc/UTC", "Etc/GMT+3", "Etc/Unknown", "GMT", "", "Mars/Olympus"])(
    "does not believe that %s is where somebody is",
    (reported) => expect(detectZone(reported)).toBeNull(),
  );

  it("gives the current name of a renamed zone", () => {
    expect(detectZone("Asia/Calcutta")).toBe("Asia/Kolkata");
    expect(detectZone("Europe/Berlin")).toBe("Europe/Berlin");
  });
});

describe("names", () => {
  it("compares aliases equal", () => {
    expect(isSameZone("Asia/Calcutta", "Asia/Kolkata")).toBe(true);
    expect(isSameZone("Europe/Kiev", "Europe/Kyiv")).toBe(true);
    expect(isSameZone("Europe/Berlin", "Europe/Paris")).toBe(false);
  });

  it("calls a zone by its place", () => {
    expect(zoneLabel("America/New_York")).toBe("New York");
    expect(zoneLabel("America/Argentina/Buenos_Aires")).toBe("Buenos Aires, Argentina");
    expect(zoneLabel("Asia/Calcutta")).toBe("Kolkata");
    expect(zoneLabel("UTC")).toBe("UTC");
  });

  it("refuses what is no zone", () => {
    expect(isKnownZone("Europe/Nowhere")).toBe(false);
    expect(isKnownZone("")).toBe(false);
  });

  it("lists every zone once, by its current name, with UTC", () => {
    const all = zonesByRegion().flatMap(({ zones }) => zones);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain("UTC");
    expect(all).toContain("Asia/Kolkata");
    expect(all).not.toContain("Asia/Calcutta");
    expect(all.every((zone) => zone === currentName(zone))).toBe(true);
  });
});

describe("showSameTime", () => {
  it("depends on the instant", () => {
    // Phoenix has no summer time, Denver has.
    expect(showSameTime("America/Phoenix", "America/Denver", "2027-01-15T12:00:00Z")).toBe(true);
    expect(showSameTime("America/Phoenix", "America/Denver", "2027-07-15T12:00:00Z")).toBe(false);
  });
});

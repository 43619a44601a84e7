import { describe, expect, it } from "vitest";
import { timeChoices, toMinutes, toWallTime } from "./wall-time";

describe("wall times", () => {
  it("reads and writes the end of the day", () => {
    expect(toMinutes("24:00")).toBe(1440);
    expect(toWallTime(1440)).toBe("24:00");
    expect(toWallTime(555)).toBe("09:15");
  });

  it("offers midnight as a start and 24:00 as an end, never the other way round", () => {
    expect(timeChoices("09:00", "start")).toContain("00:00");
    expect(timeChoices("09:00", "start")).not.toContain("24:00");
    expect(timeChoices("17:00", "end")).toContain("24:00");
    expect(timeChoices("17:00", "end")).not.toContain("00:00");
  });

  it("keeps a value that is no quarter hour, in its place", () => {
    const choices = timeChoices("09:10", "start");
    expect(choices.indexOf("09:10")).toBe(choices.indexOf("09:00") + 1);
  });
});

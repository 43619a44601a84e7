import { describe, expect, it } from "vitest";
import { describeMinutes, formatDuration, joinMinutes, splitMinutes } from "./minutes";

describe("minutes in units people use", () => {
  it.each([
    [240, { amount: 4, unit: "hours" }],
    [90, { amount: 90, unit: "minutes" }],
    [1440, { amount: 1, unit: "days" }],
    [86_400, { amount: 60, unit: "days" }],
    [20_160, { amount: 2, unit: "weeks" }],
    [0, { amount: 0, unit: "hours" }],
  ])("splits %i", (total, expected) => {
    expect(splitMinutes(total)).toEqual(expected);
  });

  it("joins what it split", () => {
    for (const total of [1, 15, 60, 90, 1440, 1441, 10_080, 86_400]) {
      const { amount, unit } = splitMinutes(total);
      expect(joinMinutes(amount, unit)).toBe(total);
    }
  });

  it.each([
    [30, "30 min"],
    [120, "120 min"],
    [180, "3 h"],
    [200, "3 h 20 min"],
  ])("writes a duration of %i as %s", (minutes, words) => {
    expect(formatDuration(minutes)).toBe(words);
  });

  it("says one hour, not one hours", () => {
    expect(describeMinutes(60)).toBe("1 hour");
    expect(describeMinutes(86_400)).toBe("60 days");
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { countDays, formatDays, sayDays } from "./spans";

const TODAY = "2027-02-01";
afterEach(() => {
  document.documentElement.lang = "en";
});

it("names one day in full and both ends of several", () => {
  expect(formatDays("2027-03-11", "2027-03-11", TODAY)).toBe("Thursday 11 March");
  expect(formatDays("2027-03-11", "2027-03-13", TODAY)).toBe("Thu 11 – Sat 13 March");
  expect(formatDays("2028-03-30", "2028-04-02", TODAY)).toBe("Thu 30 March – Sun 2 April 2028");
  expect(formatDays("2027-12-30", "2028-01-02", TODAY)).toBe(
    "Thu 30 December – Sun 2 January 2028",
  );
});

describe("in a sentence", () => {
  it("says the month once where it can", () => {
    expect(sayDays("2027-03-10", "2027-03-12", TODAY)).toBe("From 10 to 12 March");
    expect(sayDays("2027-03-30", "2027-04-02", TODAY)).toBe("From 30 March to 2 April");
    expect(sayDays("2027-03-10", "2027-03-10", TODAY)).toBe("On 10 March");
  });

  it("adds the year when it is another one", () => {
    expect(sayDays("2027-12-30", "2028-01-02", TODAY)).toBe("From 30 December to 2 January 2028");
    expect(sayDays("2028-03-10", "2028-03-12", TODAY)).toBe("From 10 to 12 March 2028");
    expect(sayDays("2028-12-30", "2029-01-02", TODAY)).toBe(
      "From 30 December 2028 to 2 January 2029",
    );
  });

  it("repeats the month where it comes first", () => {
    document.documentElement.lang = "en-US";
    expect(sayDays("2027-03-10", "2027-03-12", TODAY)).toBe("From March 10 to March 12");
  });
});

it("counts both ends, over clock changes and leap days", () => {
  expect(countDays("2027-03-27", "2027-03-29")).toBe(3);
  expect(countDays("2028-02-28", "2028-03-01")).toBe(3);
  expect(countDays("2027-03-28", "2027-03-28")).toBe(1);
});

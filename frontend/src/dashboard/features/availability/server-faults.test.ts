import { expect, it } from "vitest";
import { toProblem } from "../../api/problem";
import { emptyWeek } from "./draft";
import { readFaults } from "./server-faults";

const draft = {
  name: "Hours",
  timezone: "Europe/Lisbon",
  week: { ...emptyWeek(), 2: [["09:00", "12:00"]] as [string, string][] },
  overrides: [{ date: "2027-12-24", windows: [] }],
  rules: [],
};

it("puts each complaint where it can be mended", () => {
  const problem = toProblem(422, {
    code: "validation_failed",
    detail: "Some fields need another value.",
    errors: [
      { pointer: "/weekly/0/start", detail: "Overlaps." },
      { pointer: "/overrides/0/windows/0", detail: "Wrong window." },
      { pointer: "/rules/1/rrule", detail: "Not a rule." },
      { pointer: "/name", detail: "Taken." },
    ],
  });
  expect(readFaults(problem, draft)).toEqual({
    week: { 2: "Overlaps." },
    overrides: { "2027-12-24": "Wrong window." },
    rules: { 1: "Not a rule." },
    name: "Taken.",
    summary: "Some fields need another value.",
  });
});

it("shows what it cannot place", () => {
  const problem = toProblem(422, { errors: [{ pointer: "/weekly/9/start", detail: "Odd." }] });
  expect(readFaults(problem, draft).summary).toBe("Odd.");
});

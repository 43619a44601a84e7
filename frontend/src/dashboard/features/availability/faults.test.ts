import { expect, it } from "vitest";
import { offlineProblem, toProblem } from "../../api/problem";
import { placeFaults } from "./faults";

const PLACES = { start_date: "first", start: "first", end: "last" } as const;

it("puts each complaint at its place", () => {
  const problem = toProblem(422, {
    errors: [
      { pointer: "/start_date", detail: "Too early." },
      { pointer: "/end", detail: "Before the start." },
    ],
  });
  expect(placeFaults(problem, PLACES)).toEqual({
    at: { first: "Too early.", last: "Before the start." },
  });
});

it("keeps what has no place as a summary", () => {
  const problem = toProblem(422, {
    errors: [
      { pointer: "/start", detail: "Too early." },
      { pointer: "/odd", detail: "Odd." },
    ],
  });
  expect(placeFaults(problem, PLACES)).toEqual({ at: { first: "Too early." }, summary: "Odd." });
});

it("tells in a sentence what was no complaint about a field", () => {
  expect(placeFaults(offlineProblem(), PLACES).summary).toMatch(/offline/);
});

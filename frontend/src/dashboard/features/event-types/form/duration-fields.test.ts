import { expect, it } from "vitest";
import { findLengthProblem } from "./duration-fields";

it("adds whole minutes up to a day, each once, and no more than the server takes", () => {
  expect(findLengthProblem(20, [30])).toBeUndefined();
  expect(findLengthProblem(0, [30])).toMatch(/1 to 1,440/);
  expect(findLengthProblem(1441, [30])).toMatch(/1 to 1,440/);
  expect(findLengthProblem(2.5, [30])).toMatch(/1 to 1,440/);
  expect(findLengthProblem(30, [30])).toMatch(/already/);
  const twelve = Array.from({ length: 12 }, (_, index) => 100 + index);
  expect(findLengthProblem(20, [30, ...twelve.slice(1)])).toBeUndefined();
  expect(findLengthProblem(20, [30, ...twelve])).toMatch(/at most 12/);
});

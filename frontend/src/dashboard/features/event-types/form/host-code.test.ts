import { expect, it } from "vitest";
import { findCodeProblem, readHostCode, shortCode } from "./host-code";

const RITA = "3f2b8c1e-0f8f-4bb2-a94c-0cb9e6a4338e";

it("reads a code as it was pasted", () => {
  expect(readHostCode(`  ${RITA.toUpperCase()}\n`)).toBe(RITA);
  expect(findCodeProblem(RITA, [])).toBeUndefined();
  expect(shortCode(RITA)).toBe("3f2b8c1e…");
});

it("says why a code cannot be added", () => {
  expect(findCodeProblem("", [])).toMatch(/first/);
  expect(findCodeProblem("rita", [])).toMatch(/no host code/);
  expect(findCodeProblem(RITA, [RITA])).toMatch(/already/);
});

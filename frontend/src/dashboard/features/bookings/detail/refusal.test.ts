import { expect, it } from "vitest";
import { ApiProblem } from "../../../api/problem";
import { refusal } from "./refusal";

const refused = (extra: Record<string, unknown>) =>
  refusal(new ApiProblem("Taken.", { status: 409, code: "slot_taken", extra }), "Europe/Lisbon");

it("names what is free nearby", () => {
  const alternatives = ["2027-07-11T08:30:00Z", "2027-07-11T09:30:00Z"];
  expect(refused({ alternatives })).toContain("The nearest free ones: 09:30, 10:30.");
});

it("names the dates of a series that are in the way, a few of many", () => {
  const starts = [11, 12, 13, 14, 15].map((day) => ({ start: `2027-07-${day}T08:30:00Z` }));
  const words = refused({ occurrences: starts, alternatives: ["2027-07-11T09:30:00Z"] });
  expect(words).toMatch(/^Not free: .*11 July.*09:30;/);
  expect(words).toContain(" and 2 more. Nothing was moved.");
});

it("tells what the server says where there is no more to it", () => {
  expect(refused({})).toBe("Taken.");
});

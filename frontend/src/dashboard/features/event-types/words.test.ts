import { expect, it } from "vitest";
import { partWords } from "./hosting/hosting-list";
import { audienceOf } from "./words";

it("says who meets", () => {
  expect(audienceOf("one_on_one", 1, 1).label).toBe("One-on-one");
  expect(audienceOf("group", 1, 6).label).toBe("Group, 6 seats");
  expect(audienceOf("collective", 3, 1).label).toBe("3 together");
  expect(audienceOf("round_robin", 2, 1).label).toBe("2 take turns");
  expect(audienceOf("round_robin", 1, 1).label).toBe("One host");
});

it("says what being a host means", () => {
  expect(partWords({ kind: "round_robin", required: true })).toBe("You always attend");
  expect(partWords({ kind: "round_robin", required: false })).toBe("You take turns");
  expect(partWords({ kind: "collective", required: false })).toBe("All hosts together");
  expect(partWords({ kind: "group", required: false })).toBe("You serve it");
});

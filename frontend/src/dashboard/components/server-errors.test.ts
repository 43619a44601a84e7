import { expect, it } from "vitest";
import { deepestField } from "./server-errors";

const values = { name: "x", durations: "30, 45", limits: [{ per: "day", max: 1 }] };

it.each([
  ["name", "name"],
  ["limits.0.max", "limits.0.max"],
  ["limits.4.max", "limits"],
  ["durations.0", "durations"],
  ["hosts.0", ""],
])("places %s at %j", (path, field) => {
  expect(deepestField(values, path)).toBe(field);
});

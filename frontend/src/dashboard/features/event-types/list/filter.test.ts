import { expect, it } from "vitest";
import type { EventType } from "../../../api/event-types";
import { countByTab, filterEventTypes } from "./filter";

const eventTypes = [
  { name: "Intro call", event_type_slug: "intro", is_active: true },
  { name: "Portrait sitting", event_type_slug: "studio", is_active: false },
] as EventType[];

it("counts by tab", () => {
  expect(countByTab(eventTypes)).toEqual({ all: 2, off: 1 });
});

it.each([
  ["all", "", ["Intro call", "Portrait sitting"]],
  ["off", "", ["Portrait sitting"]],
  ["all", " STUDIO ", ["Portrait sitting"]],
  ["off", "intro", []],
] as const)("filters %s by %j", (tab, search, names) => {
  expect(filterEventTypes(eventTypes, tab, search).map(({ name }) => name)).toEqual(names);
});

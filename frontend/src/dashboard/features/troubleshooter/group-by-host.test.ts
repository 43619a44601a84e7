import { expect, it } from "vitest";
import type { Reason } from "../../api/explanation";
import { groupByHost } from "./group-by-host";

const reason = (code: string, host: string): Reason => ({
  code,
  host,
  cause_kind: "",
  cause_id: "",
  detail: "",
  cure: "",
});
const REASONS = [
  reason("off_grid", ""),
  reason("outside_hours", "rita"),
  reason("booked", "ana"),
  reason("buffer", "rita"),
];
const shape = (apart: boolean) =>
  groupByHost(REASONS, { apart }).map(({ host, reasons }) => [
    host,
    ...reasons.map(({ code }) => code),
  ]);

it("keeps hosts apart, in their order, and what concerns nobody last", () => {
  expect(shape(true)).toEqual([
    ["rita", "outside_hours", "buffer"],
    ["ana", "booked"],
    ["", "off_grid"],
  ]);
});

it("keeps the order of the rules where there is one host", () => {
  expect(shape(false)).toEqual([["", "off_grid", "outside_hours", "booked", "buffer"]]);
  expect(groupByHost([], { apart: false })).toEqual([]);
});

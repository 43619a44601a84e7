import { expect, it } from "vitest";
import type { WaitlistEntry } from "../../../api/waitlist";
import { countByTime } from "./use-waiting";

const entry = (type: string, desired_start_time: string, desired_end_time: string | null = null) =>
  ({ event_type: { id: type }, desired_start_time, desired_end_time }) as WaitlistEntry;

it("counts who waits for the very time, not who would take any of a day", () => {
  const counts = countByTime([
    entry("intro", "2027-03-11T09:30:00Z"),
    entry("intro", "2027-03-11T10:30:00+01:00"),
    entry("intro", "2027-03-11T00:00:00Z", "2027-03-12T00:00:00Z"),
    entry("review", "2027-03-11T09:30:00Z"),
  ]);
  expect([...counts.values()]).toEqual([2, 1]);
});

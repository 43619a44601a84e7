import { describe, expect, it } from "vitest";
import { groupByDay, groupByPart } from "./group-slots";

const slot = (start: string) => ({
  start,
  end: new Date(Date.parse(start) + 1_800_000).toISOString(),
});
const starts = (slots: { start: string }[] | undefined) => slots?.map(({ start }) => start);

describe("groupByDay", () => {
  const slots = ["2027-03-11T14:00:00Z", "2027-03-11T15:30:00Z", "2027-03-12T09:00:00Z"].map(slot);

  it("groups by the invitee's day, not by UTC's", () => {
    const inTokyo = groupByDay(slots, "Asia/Tokyo");
    expect([...inTokyo.keys()]).toEqual(["2027-03-11", "2027-03-12"]);
    expect(starts(inTokyo.get("2027-03-12"))).toEqual([
      "2027-03-11T15:30:00Z",
      "2027-03-12T09:00:00Z",
    ]);
  });

  it("keeps both 02:30 of the night the clock goes back", () => {
    const night = ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"].map(slot);
    expect(groupByDay(night, "Europe/Berlin").get("2027-10-31")).toHaveLength(2);
  });
});

describe("groupByPart", () => {
  it("splits the day at noon and at six", () => {
    const slots = [
      "2027-03-11T10:59:00Z",
      "2027-03-11T11:00:00Z",
      "2027-03-11T16:59:00Z",
      "2027-03-11T17:00:00Z",
    ].map(slot);
    expect(groupByPart(slots, "Europe/Berlin").map(([part, list]) => [part, list.length])).toEqual([
      ["morning", 1],
      ["afternoon", 2],
      ["evening", 1],
    ]);
  });

  it("counts midnight as morning", () => {
    expect(groupByPart([slot("2027-03-10T23:00:00Z")], "Europe/Berlin")[0]?.[0]).toBe("morning");
  });
});

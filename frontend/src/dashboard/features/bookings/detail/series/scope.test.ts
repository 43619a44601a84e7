import { describe, expect, it } from "vitest";
import { scopesOf } from "./scope";

const place = (position: number, of: number) => ({ id: "s", rule: "FREQ=WEEKLY", position, of });
const values = (position: number, of: number) =>
  scopesOf(place(position, of)).map(({ value }) => value);

describe("how much of a series a change is for", () => {
  it("is no question for a single booking", () => {
    expect(scopesOf(null)).toEqual([]);
    expect(values(1, 1)).toEqual([]);
  });

  it("leaves out what means the same as another choice", () => {
    expect(values(2, 4)).toEqual(["this", "following", "all"]);
    // From the first date on, the following are all.
    expect(values(1, 4)).toEqual(["this", "all"]);
    // None follows the last.
    expect(values(4, 4)).toEqual(["this", "all"]);
  });
});

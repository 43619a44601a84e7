import { expect, it } from "vitest";
import { readQuestion, writeQuestion } from "./question";

const EVENT_TYPE = { duration: 30, durations: [45] };
const read = (query: string) => readQuestion(new URLSearchParams(query), EVENT_TYPE);

it("stands in the address and comes back from it", () => {
  const question = { day: "2027-03-11", time: "10:30", duration: 45 };
  expect(read(writeQuestion(question).toString())).toEqual(question);
});

it("takes what is no day, time or duration on offer as not chosen", () => {
  expect(read("date=2027-02-30&time=24:00&duration=50")).toEqual({
    day: "",
    time: "",
    duration: 30,
  });
  expect(read("date=soon&time=9:00")).toEqual({ day: "", time: "", duration: 30 });
});

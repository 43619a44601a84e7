import { expect, it } from "vitest";
import { ruleWords } from "./rule-words";

it.each([
  ["FREQ=WEEKLY", "Weekly"],
  ["RRULE:FREQ=WEEKLY;COUNT=6", "Weekly"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=10", "Every 2 weeks on Tue, Thu"],
  ["FREQ=MONTHLY;UNTIL=20270601T000000Z", "Monthly"],
  ["FREQ=MONTHLY;BYDAY=1MO", ""],
  ["FREQ=MONTHLY;BYSETPOS=-1;BYDAY=FR", ""],
  ["", ""],
])("says %o as %o", (rule, words) => {
  expect(ruleWords(rule)).toBe(words);
});

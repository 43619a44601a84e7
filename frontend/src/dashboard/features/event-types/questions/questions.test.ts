import { describe, expect, it } from "vitest";
import {
  findFaults,
  newId,
  newQuestion,
  type QuestionDraft,
  questionsSchema,
  withOperator,
  without,
  withType,
} from "./values";
import { conditionWords } from "./words";

const ask = (changes: Partial<QuestionDraft>): QuestionDraft => ({
  ...newQuestion(),
  question_text: "What?",
  ...changes,
});
const WHERE = ask({
  id: "where",
  question_text: "Where?",
  question_type: "radio",
  options: ["Online", "In person"],
});
const ONLINE = { question: "where", op: "equals", value: "Online" };
const SEATS = ask({ id: "seats", question_text: "Seats", question_type: "number" });

describe("what can be told without the server", () => {
  it("finds nothing wrong with a form that may be saved", () => {
    const questions = [WHERE, SEATS, ask({ conditions: { all: [ONLINE] } })];
    expect(findFaults(questions)).toEqual([]);
    expect(questionsSchema.safeParse(questions).success).toBe(true);
  });

  it.each([
    ["question_text", [ask({ question_text: " " })], [0, "question_text"]],
    ["options", [ask({ question_type: "select", options: [" ", ""] })], [0, "options"]],
    ["twice", [ask({ question_type: "select", options: ["a", " a "] })], [0, "options"]],
    ["later", [ask({ conditions: { all: [ONLINE] } }), WHERE], [0, "conditions"]],
    [
      "an option that is gone",
      [{ ...WHERE, options: ["In person"] }, ask({ conditions: { any: [{ all: [ONLINE] }] } })],
      [1, "conditions"],
    ],
    [
      "another type",
      [withType(WHERE, "number"), ask({ conditions: { any: [{ ...ONLINE, op: "includes" }] } })],
      [1, "conditions"],
    ],
  ])("names the place of a fault: %s", (_, questions, path) => {
    expect(findFaults(questions as QuestionDraft[]).map(([place]) => place)).toEqual([path]);
    expect(questionsSchema.safeParse(questions).error?.issues[0]?.path).toEqual(path);
  });
});

it("takes a removed question out of the conditions, and emptied groups with it", () => {
  const seats = { question: "seats", op: "greater", value: "2" };
  expect(without("where", { all: [ONLINE, { any: [ONLINE, seats] }] })).toEqual({
    all: [{ any: [seats] }],
  });
  expect(without("where", { any: [{ all: [ONLINE] }] })).toEqual({});
});

it("says in words when a question is shown", () => {
  const conditions = {
    any: [ONLINE, { all: [{ question: "seats", op: "greater", value: "2" }, ONLINE] }],
  };
  expect(conditionWords(conditions, [WHERE, SEATS])).toBe(
    "Where? is Online or (Seats is more than 2 and Where? is Online)",
  );
});

it("keeps the value when another operator takes the same kind", () => {
  const topics = ask({ id: "t", question_type: "multiselect", options: ["a", "b"] });
  const includes = { question: "t", op: "includes", value: "b" };
  expect(withOperator(includes, "excludes", topics).value).toBe("b");
  expect(withOperator(includes, "equals", topics).value).toEqual(["b"]);
  expect(withOperator(includes, "answered", topics).value).toBe(true);
});

it("drops rules and options that the next type does not know", () => {
  const changed = withType({ ...WHERE, validation_rules: { x: 1 } }, "text");
  expect([changed.options, changed.validation_rules]).toEqual([[], {}]);
  expect(withType(WHERE, "select").options).toEqual(WHERE.options);
});

it("makes ids that the server takes for UUIDs", () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newId()).not.toBe(newId());
});

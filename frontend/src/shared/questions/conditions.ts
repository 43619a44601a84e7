/** When a question is shown; what each operator means is told in the server's conditions.py. */

import { amount } from "./numbers";
import { type Answer, type Condition, isFree, type Question } from "./question";
import { readAnswer } from "./reading";
import { fold, trim } from "./texts";

const EQUAL = ["equals", "not_equals", "answered"];
const PIECE = ["includes", "excludes"];
const ORDER = ["greater", "less"];

/** The operators that a type knows. */
export function operatorsOf(type: string): string[] {
  if (isFree(type) || type === "multiselect") return [...EQUAL, ...PIECE];
  return ["number", "date", "time"].includes(type) ? [...EQUAL, ...ORDER] : EQUAL;
}

/** Whether a condition or group holds. `answers` has those of the visible questions only. */
export function holds(
  node: object,
  questions: ReadonlyMap<string, Question>,
  answers: ReadonlyMap<string, Answer>,
): boolean {
  if ("all" in node) return (node.all as object[]).every((one) => holds(one, questions, answers));
  if ("any" in node) return (node.any as object[]).some((one) => holds(one, questions, answers));
  if (!("op" in node)) return true;
  const leaf = node as Condition;
  return leafHolds(leaf, questions.get(leaf.question), answers.get(leaf.question));
}

function leafHolds(
  { op, value }: Condition,
  question: Question | undefined,
  answer: Answer | undefined,
): boolean {
  if (op === "answered") return (answer !== undefined && answer !== false) === (value !== false);
  if (!question || answer === undefined) return op === "not_equals" || op === "excludes";
  if (op === "equals" || op === "not_equals")
    return equals(question, answer, value) === (op === "equals");
  if (op === "includes" || op === "excludes")
    return includes(answer, value) === (op === "includes");
  return isBeyond(question, answer, value, op === "greater");
}

function equals(question: Question, answer: Answer, value: unknown): boolean {
  if (isFree(question.question_type))
    return typeof value === "string" && fold(String(answer)) === fold(trim(value));
  const wanted = readAnswer(question, value).value;
  return JSON.stringify(wanted) === JSON.stringify(answer);
}

function includes(answer: Answer, value: unknown): boolean {
  if (Array.isArray(answer))
    return (Array.isArray(value) ? value : [value]).every((one) => answer.includes(one));
  return typeof value === "string" && fold(String(answer)).includes(fold(trim(value)));
}

function isBeyond(question: Question, answer: Answer, value: unknown, isGreater: boolean): boolean {
  const bound = readAnswer(question, value).value;
  if (typeof bound !== "string" || typeof answer !== "string") return false;
  // Dates and times are ordered as texts.
  const isNumber = question.question_type === "number";
  const mine = isNumber ? amount(answer) : answer;
  const other = isNumber ? amount(bound) : bound;
  return isGreater ? mine > other : mine < other;
}

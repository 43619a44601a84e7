import type { Condition } from "../../../../shared/questions/question";
import { groupOf, isGroup, membersOf, type QuestionDraft } from "./values";

const PLAIN: Readonly<Record<string, string>> = {
  equals: "is",
  not_equals: "is not",
  includes: "includes",
  excludes: "does not include",
  answered: "is answered",
  greater: "is more than",
  less: "is less than",
};
const OF_TIME: Readonly<Record<string, string>> = { greater: "is after", less: "is before" };

/** An operator as it reads between a question and a value. */
export function operatorWords(op: string, type: string): string {
  const isTime = type === "date" || type === "time";
  return (isTime ? OF_TIME[op] : undefined) ?? PLAIN[op] ?? op;
}

/** What stands for a question where it is named. */
export function nameOf(question: QuestionDraft | undefined, number: number): string {
  return question?.question_text.trim() || `Question ${number}`;
}

/** When a question is shown, in one line: "Where? is Online and Seats is more than 2". */
export function conditionWords(
  conditions: QuestionDraft["conditions"],
  questions: readonly QuestionDraft[],
): string {
  const group = groupOf(conditions);
  if (!group) return "";
  const parts = membersOf(group).map((node) =>
    isGroup(node) ? `(${conditionWords(node, questions)})` : leafWords(node, questions),
  );
  return parts.join("all" in group ? " and " : " or ");
}

function leafWords({ question, op, value }: Condition, questions: readonly QuestionDraft[]) {
  const index = questions.findIndex((one) => one.id === question);
  const named = questions[index];
  const name = named ? nameOf(named, index + 1) : "a removed question";
  if (op === "answered") return `${name} ${value === false ? "is not answered" : "is answered"}`;
  return `${name} ${operatorWords(op, named?.question_type ?? "")} ${valueWords(value)}`;
}

function valueWords(value: unknown): string {
  if (value === true) return "yes";
  if (value === false) return "no";
  return Array.isArray(value) ? value.join(" + ") : String(value || "…");
}

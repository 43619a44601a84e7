import * as z from "zod/mini";
import { operatorsOf } from "../../../../shared/questions/conditions";
import type { Condition, Group, Node, QuestionType } from "../../../../shared/questions/question";
import type { EventType } from "../../../api/event-types";

/** A question as the form keeps it: as the API has it, options as they are typed. */
export type QuestionDraft = Omit<
  EventType["custom_questions"][number],
  "options" | "conditions" | "validation_rules"
> & {
  options: string[];
  conditions: Group | Record<string, never>;
  validation_rules: Record<string, string | number | null>;
};

export const TYPE_WORDS: Readonly<Record<QuestionType, string>> = {
  text: "Short text",
  textarea: "Long text",
  select: "One of a list",
  radio: "One of a few",
  multiselect: "Several of a list",
  checkbox: "Yes or no",
  email: "E-mail address",
  phone: "Phone number",
  number: "Number",
  date: "Date",
  time: "Time",
  url: "Web address",
};

export const hasOptions = (type: QuestionType): boolean =>
  type === "select" || type === "radio" || type === "multiselect";

/** 122 random bits as a UUID; `crypto.randomUUID` is for https and localhost only. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const newQuestion = (): QuestionDraft => ({
  id: newId(),
  question_text: "",
  question_type: "text",
  help_text: "",
  is_required: false,
  options: [],
  conditions: {},
  validation_rules: {},
  prefill_key: "",
  retention_days: null,
});

/** Another type keeps what fits it; rules and options of the old one go. */
export function withType(question: QuestionDraft, type: QuestionType): QuestionDraft {
  const keepsOptions = hasOptions(type) && hasOptions(question.question_type);
  return {
    ...question,
    question_type: type,
    options: keepsOptions ? question.options : [],
    validation_rules: {},
  };
}

export const groupOf = (conditions: QuestionDraft["conditions"]): Group | null =>
  "all" in conditions || "any" in conditions ? (conditions as Group) : null;

export const membersOf = (group: Group): Node[] => ("all" in group ? group.all : group.any);

export const isGroup = (node: Node): node is Group => "all" in node || "any" in node;

export const groupWith = (word: "all" | "any", members: Node[]): Group =>
  word === "all" ? { all: members } : { any: members };

/** A condition on `question` to start from: the first operator that makes sense for its type. */
export function newCondition(question: QuestionDraft): Condition {
  const { id, question_type: type, options } = question;
  if (type === "checkbox") return { question: id, op: "equals", value: true };
  if (type === "multiselect") return { question: id, op: "includes", value: options[0] ?? "" };
  if (hasOptions(type)) return { question: id, op: "equals", value: options[0] ?? "" };
  return { question: id, op: "answered" };
}

/** The condition with another operator; a value that fits stays. */
export function withOperator(condition: Condition, op: string, named: QuestionDraft): Condition {
  const { question } = condition;
  if (op === "answered") return { question, op, value: true };
  const fallback = newCondition(named).value ?? "";
  const kept = condition.op === "answered" ? fallback : condition.value;
  const isPieceOfList = named.question_type === "multiselect" && /cludes$/.test(op);
  const isList = named.question_type === "multiselect" && !isPieceOfList;
  if (isList) return { question, op, value: Array.isArray(kept) ? kept : [kept] };
  return { question, op, value: Array.isArray(kept) ? (kept[0] ?? "") : kept };
}

/** Everything that names the question `id`, gone; groups that are left empty go with it. */
export function without(id: string, conditions: QuestionDraft["conditions"]) {
  const group = groupOf(conditions);
  return (group && pruned(id, group)) ?? {};
}

function pruned(id: string, group: Group): Group | null {
  const members = membersOf(group).flatMap((node): Node[] => {
    if (!isGroup(node)) return node.question === id ? [] : [node];
    const kept = pruned(id, node);
    return kept ? [kept] : [];
  });
  return members.length > 0 ? groupWith("all" in group ? "all" : "any", members) : null;
}

/** Every question that the conditions name. */
export function namedIn(conditions: QuestionDraft["conditions"]): string[] {
  const group = groupOf(conditions);
  if (!group) return [];
  return membersOf(group).flatMap((node) => (isGroup(node) ? namedIn(node) : node.question));
}

/** What can be told without the server, by path from the list of questions. */
export function findFaults(questions: readonly QuestionDraft[]): [(string | number)[], string][] {
  const faults: [(string | number)[], string][] = [];
  questions.forEach((question, index) => {
    const say = (field: string, message: string) => faults.push([[index, field], message]);
    if (question.question_text.trim() === "") say("question_text", "Write what is asked.");
    if (hasOptions(question.question_type)) {
      const options = sentOptions(question);
      if (options.length === 0) say("options", "Give at least one option, each on its own line.");
      else if (new Set(options).size < options.length) say("options", "An option is there twice.");
    }
    const earlier = new Map(questions.slice(0, index).map((one) => [one.id, one]));
    const named = namedIn(question.conditions);
    if (named.some((id) => !earlier.has(id)))
      say(
        "conditions",
        "This depends on a question that comes later. Move this one below it, or change when it is shown.",
      );
    else if (!fits(question.conditions, earlier))
      say("conditions", "A condition does not fit the question that it names any more.");
  });
  return faults;
}

function fits(
  conditions: QuestionDraft["conditions"],
  earlier: ReadonlyMap<string, QuestionDraft>,
): boolean {
  const group = groupOf(conditions);
  if (!group) return true;
  return membersOf(group).every((node) => {
    if (isGroup(node)) return fits(node, earlier);
    const named = earlier.get(node.question);
    if (!named || !operatorsOf(named.question_type).includes(node.op)) return false;
    if (!hasOptions(named.question_type) || node.op === "answered") return true;
    const options = sentOptions(named);
    return [node.value].flat().every((one) => options.includes(String(one)));
  });
}

/** Options without blanks around them and without empty lines. */
export const sentOptions = ({ options }: QuestionDraft): string[] =>
  options.map((option) => option.trim()).filter(Boolean);

/** What is sent of the form's questions. */
export const toSent = (questions: readonly QuestionDraft[]) =>
  questions.map((question) => ({ ...question, options: sentOptions(question) }));

export const questionsSchema = z.array(z.custom<QuestionDraft>()).check((context) => {
  for (const [path, message] of findFaults(context.value))
    context.issues.push({ code: "custom", path, message, input: context.value });
});

/** A form and what was answered: which questions are shown, what is sent, what is wrong. */

import { holds } from "./conditions";
import { type Answer, MAX_LENGTH, type Question } from "./question";
import { readAnswer } from "./reading";
import { findBrokenRule, type Matcher } from "./rules";

/** What is wrong with the answer to a question. `bound` is the rule's value, if it has one. */
export interface Problem {
  question: Question;
  code: string;
  bound: unknown;
}

/** What is hidden is in none of them. */
export interface Checked {
  answers: Map<string, Answer>;
  visible: Question[];
  problems: Problem[];
}

/** Check `raw` (question id -> what was filled in) against the form, question by question. */
export function checkAnswers(
  questions: readonly Question[],
  raw: Readonly<Record<string, unknown>>,
  matches: Matcher | null = null,
): Checked {
  const known = new Map(questions.map((question) => [question.id, question]));
  const answers = new Map<string, Answer>();
  const visible: Question[] = [];
  const problems: Problem[] = [];
  for (const question of questions) {
    if (!holds(question.conditions, known, answers)) continue;
    visible.push(question);
    const read = readAnswer(question, raw[question.id]);
    if (read.value !== null) answers.set(question.id, read.value);
    const problem = findProblem(question, read.value, read.problem, matches);
    if (problem) problems.push(problem);
  }
  return { answers, visible, problems };
}

function findProblem(
  question: Question,
  value: Answer | null,
  misread: string,
  matches: Matcher | null,
): Problem | null {
  const type = question.question_type;
  if (misread) return { question, code: misread, bound: MAX_LENGTH[type] ?? null };
  if (question.is_required && (value === null || value === false))
    return { question, code: type === "checkbox" ? "must_tick" : "required", bound: null };
  if (value === null) return null;
  const broken = findBrokenRule(question, value, matches);
  return broken && { question, code: broken[0], bound: broken[1] };
}

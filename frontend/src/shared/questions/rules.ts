/** What a question asks of an answer beyond its type: `validation_rules`. */

import { amount, canonicalNumber } from "./numbers";
import type { Answer, Question } from "./question";
import { countPoints } from "./texts";

/** Says whether a whole text matches a pattern of RE2. */
export type Matcher = (pattern: string, text: string) => boolean;

/** A code and the bound it names. */
export type Broken = [code: string, bound: unknown];

/** The first rule that the answer breaks; patterns wait for the server where there is no matcher. */
export function findBrokenRule(
  question: Question,
  value: Answer,
  matches: Matcher | null,
): Broken | null {
  const rules = question.validation_rules;
  if (Array.isArray(value)) {
    if (isSet(rules.min_choices) && value.length < rules.min_choices)
      return ["too_few", rules.min_choices];
    if (isSet(rules.max_choices) && value.length > rules.max_choices)
      return ["too_many", rules.max_choices];
    return null;
  }
  if (typeof value === "boolean") return null;
  const { min, max, min_date, max_date, min_length, max_length, pattern } = rules;
  if (isSet(min) && amount(value) < worth(min)) return ["too_small", min];
  if (isSet(max) && amount(value) > worth(max)) return ["too_big", max];
  if (isSet(min_date) && value < min_date) return ["too_early", min_date];
  if (isSet(max_date) && value > max_date) return ["too_late", max_date];
  if (isSet(min_length) && countPoints(value) < min_length) return ["too_short", min_length];
  if (isSet(max_length) && countPoints(value) > max_length) return ["too_long", max_length];
  if (isSet(pattern) && matches && !matches(pattern, value)) return ["pattern", null];
  return null;
}

const isSet = <T>(rule: T | null | undefined): rule is T => rule !== null && rule !== undefined;

const worth = (rule: number | string): bigint => amount(canonicalNumber(rule) ?? "0");

/** RE2 for the browser: fetched only where a question has a pattern. */

import type { Question } from "./question";
import type { Matcher } from "./rules";

/** Whether `loadMatcher` is worth its bytes. */
export const hasPattern = (questions: readonly Question[]): boolean =>
  questions.some((question) => question.validation_rules.pattern);

/** The matcher, in linear time for every pattern that the server lets through. */
export async function loadMatcher(): Promise<Matcher> {
  const { RE2JS } = await import("re2js");
  const compiled = new Map<string, ReturnType<typeof RE2JS.compile>>();
  return (pattern, text) => {
    const known = compiled.get(pattern) ?? RE2JS.compile(pattern);
    compiled.set(pattern, known);
    return known.matches(text);
  };
}

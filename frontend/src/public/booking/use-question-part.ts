import { useEffect, useState } from "react";
import type { Question } from "../../shared/questions/question";
import type { Matcher } from "../../shared/questions/rules";

type Part = typeof import("./question-part");

export interface QuestionPart extends Part {
  /** RE2, where a question has a pattern; without it patterns wait for the server. */
  matches: Matcher | null;
}

let loaded: QuestionPart | null = null;

async function load(questions: readonly Question[]): Promise<QuestionPart> {
  const part = await import("./question-part");
  const matches = part.hasPattern(questions) ? await part.loadMatcher().catch(() => null) : null;
  loaded = { ...part, matches };
  return loaded;
}

/** The questions' code, fetched while a time is chosen; null until then, and without questions. */
export function useQuestionPart(questions: readonly Question[]): {
  part: QuestionPart | null;
  retry(): void;
} {
  const isNeeded = questions.length > 0;
  const [part, setPart] = useState(isNeeded ? loaded : null);
  const retry = () => void load(questions).then(setPart, () => undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the questions are those of the page
  useEffect(() => {
    if (isNeeded && !part) retry();
  }, []);
  return { part, retry };
}

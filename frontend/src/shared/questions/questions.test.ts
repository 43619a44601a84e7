import { describe, expect, test } from "vitest";
import conditions from "../../../../backend/apps/events/questions/vectors/conditions.json";
import patterns from "../../../../backend/apps/events/questions/vectors/patterns.json";
import reading from "../../../../backend/apps/events/questions/vectors/reading.json";
import rules from "../../../../backend/apps/events/questions/vectors/rules.json";
import { checkAnswers } from "./checking";
import { loadMatcher } from "./patterns";
import { type Question, withDefaults } from "./question";

/** The vectors of the server's rules, which its own tests run as well. */
interface Form {
  name: string;
  questions: (Partial<Question> & Pick<Question, "id">)[];
  cases: {
    raw: Record<string, unknown>;
    visible: string[];
    answers?: Record<string, unknown>;
    problems?: [string, string, unknown][];
  }[];
}

const matches = await loadMatcher();

for (const [file, forms] of Object.entries({ reading, rules, conditions })) {
  describe(file, () => {
    for (const form of forms as unknown as Form[]) {
      test(form.name, () => {
        const questions = form.questions.map(withDefaults);
        for (const { raw, ...expected } of form.cases) {
          const checked = checkAnswers(questions, raw, matches);
          const told = {
            visible: checked.visible.map(({ id }) => id),
            answers: Object.fromEntries(checked.answers),
            problems: checked.problems.map(({ question, code, bound }) => [
              question.id,
              code,
              bound,
            ]),
          };
          const asked = Object.keys(expected) as (keyof typeof told)[];
          const answer = Object.fromEntries(asked.map((name) => [name, told[name]]));
          expect(answer, JSON.stringify(raw).slice(0, 80)).toEqual(expected);
        }
      });
    }
  });
}

test("the browser's RE2 takes every pattern that the server lets through", () => {
  for (const pattern of patterns.usable) expect(typeof matches(pattern, "x")).toBe("boolean");
});

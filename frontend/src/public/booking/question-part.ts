/** What only event types with questions need: a chunk of its own (see `use-question-part.ts`). */
export { checkAnswers } from "../../shared/questions/checking";
export { hasPattern, loadMatcher } from "../../shared/questions/patterns";
export { problemText } from "./answer-problems";
export { QuestionFields, readAnswers } from "./question-fields";

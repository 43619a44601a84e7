/**
 * Answers forms by the browser's rules: the file named holds [{questions, raw}], the same list of
 * {answers, visible, problems} goes to standard output. For the test that server and browser agree.
 */
import { readFileSync } from "node:fs";
import { createServer } from "vite";

const cases = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const vite = await createServer({
  configFile: false,
  appType: "custom",
  logLevel: "error",
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, ws: false, watch: null, hmr: false },
});
try {
  const { checkAnswers } = await vite.ssrLoadModule("/src/shared/questions/checking.ts");
  const { loadMatcher } = await vite.ssrLoadModule("/src/shared/questions/patterns.ts");
  const matches = await loadMatcher();
  const told = cases.map((/** @type {{questions: object[], raw: object}} */ { questions, raw }) => {
    const { answers, visible, problems } = checkAnswers(questions, raw, matches);
    return {
      answers: Object.fromEntries(answers),
      visible: visible.map((/** @type {{id: string}} */ { id }) => id),
      problems: problems.map((/** @type {any} */ { question, code, bound }) => [
        question.id,
        code,
        bound,
      ]),
    };
  });
  process.stdout.write(JSON.stringify(told));
} finally {
  await vite.close();
}

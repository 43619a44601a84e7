const CODE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What somebody pasted, as the code it stands for: trimmed, small letters. */
export function readHostCode(typed: string): string {
  return typed.trim().toLowerCase();
}

/** Why a code cannot be added; undefined when it can. */
export function findCodeProblem(code: string, taken: readonly string[]): string | undefined {
  if (code === "") return "Paste a host code first.";
  if (!CODE.test(code)) return "This is no host code. Theirs stands in their Settings.";
  return taken.includes(code) ? "They are on the list already." : undefined;
}

/** "3f2b8c1e…": enough to tell codes apart until the name is known. */
export function shortCode(code: string): string {
  return `${code.slice(0, 8)}…`;
}

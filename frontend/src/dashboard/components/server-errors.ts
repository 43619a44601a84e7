import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { ApiProblem, messageOf } from "../api/problem";

/**
 * Puts the server's complaints at their fields and focuses the first; the rest, or a summary,
 * becomes the form's own error. Input stays as it is.
 */
export function showServerErrors<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  error: unknown,
): void {
  const values: unknown = form.getValues();
  const fields = error instanceof ApiProblem ? Object.entries(error.fields) : [];
  const unplaced: string[] = [];
  let first = true;
  for (const [path, message] of fields) {
    const name = deepestField(values, path);
    if (!name) {
      unplaced.push(message);
      continue;
    }
    form.setError(name as FieldPath<Values>, { type: "server", message }, { shouldFocus: first });
    first = false;
  }
  form.setError("root", {
    type: "server",
    message: summaryOf(error, unplaced, !first),
  });
}

function summaryOf(error: unknown, unplaced: readonly string[], anyPlaced: boolean): string {
  if (unplaced.length > 0) return unplaced.join(" ");
  return anyPlaced ? "Some answers need a second look." : messageOf(error);
}

/** The part of a path that names something in the form: "durations.0" is the field "durations". */
export function deepestField(values: unknown, path: string): string {
  const found: string[] = [];
  let current = values;
  for (const step of path.split(".")) {
    if (typeof current !== "object" || current === null || !(step in current)) break;
    current = (current as Record<string, unknown>)[step];
    found.push(step);
  }
  return found.join(".");
}

/** What is wrong with one question, by its field: the first message found inside it. */
export function faultsIn(errors: unknown): Readonly<Record<string, string | undefined>> {
  if (typeof errors !== "object" || errors === null) return {};
  return Object.fromEntries(
    Object.entries(errors)
      .filter(([name]) => name !== "ref")
      .map(([name, inside]) => [name, firstMessage(inside)]),
  );
}

function firstMessage(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("message" in error && typeof error.message === "string") return error.message;
  for (const [name, inside] of Object.entries(error)) {
    const found = name === "ref" ? undefined : firstMessage(inside);
    if (found) return found;
  }
  return undefined;
}

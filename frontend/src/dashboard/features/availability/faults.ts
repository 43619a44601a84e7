import { ApiProblem, messageOf } from "../../api/problem";

/** A sentence by the form's place, and one for what has no place there. */
export interface PlacedFaults<Place extends string> {
  at: Partial<Record<Place, string>>;
  summary?: string;
}

/** `places`: where a form shows the complaints about a field of the API. */
export function placeFaults<Place extends string>(
  error: unknown,
  places: Readonly<Record<string, Place>>,
): PlacedFaults<Place> {
  const fields = error instanceof ApiProblem ? Object.entries(error.fields) : [];
  const at: Partial<Record<Place, string>> = {};
  const unplaced: string[] = [];
  for (const [path, message] of fields) {
    const place = places[path.split(".")[0] ?? ""];
    if (place) at[place] ??= message;
    else unplaced.push(message);
  }
  if (unplaced.length > 0) return { at, summary: unplaced.join(" ") };
  return Object.keys(at).length > 0 ? { at } : { at, summary: messageOf(error) };
}

import { dayInZone } from "../../../../shared/dates/days";
import { ApiProblem, messageOf } from "../../../api/problem";
import { formatDay, formatTime } from "../../../lib/instants";

const MOST_NAMED = 3;

/** Why a move was refused: the dates of the series that are in the way, or what is free nearby. */
export function refusal(error: Error, zone: string): string {
  const taken = listOf(error, "occurrences").map((each) =>
    typeof each === "object" && each !== null ? String((each as { start?: unknown }).start) : "",
  );
  if (taken.length > 0) return seriesRefusal(taken, zone);
  const nearest = listOf(error, "alternatives");
  if (nearest.length === 0) return messageOf(error);
  const times = nearest.slice(0, MOST_NAMED).map((start) => formatTime(String(start), zone));
  return `That time was just taken. The nearest free ones: ${times.join(", ")}.`;
}

function seriesRefusal(starts: readonly string[], zone: string): string {
  const today = dayInZone(Date.now(), zone);
  const named = starts.slice(0, MOST_NAMED).map((start) => {
    return `${formatDay(dayInZone(start, zone), today, "short")}, ${formatTime(start, zone)}`;
  });
  const rest = starts.length - named.length;
  const more = rest > 0 ? ` and ${rest} more` : "";
  return `Not free: ${named.join("; ")}${more}. Nothing was moved. Choose another time, or fewer dates.`;
}

function listOf(error: Error, name: string): unknown[] {
  const list = error instanceof ApiProblem ? error.extra[name] : undefined;
  return Array.isArray(list) ? list : [];
}

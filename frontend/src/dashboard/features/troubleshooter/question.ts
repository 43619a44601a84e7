import { type Day, parseDay } from "../../../shared/dates/days";
import type { EventType } from "../../api/event-types";

/** What is asked about: a wall time in the organizer's zone, empty while it is not chosen. */
export interface Question {
  day: Day;
  time: string;
  /** One of the event type's durations, in minutes. */
  duration: number;
}

export function durationsOf(eventType: Pick<EventType, "duration" | "durations">): number[] {
  return [...new Set([eventType.duration, ...eventType.durations])];
}

/** The question in an address; what is no day, time or offered duration counts as not chosen. */
export function readQuestion(
  params: URLSearchParams,
  eventType: Pick<EventType, "duration" | "durations">,
): Question {
  const day = params.get("date") ?? "";
  const time = params.get("time") ?? "";
  const duration = Number(params.get("duration"));
  return {
    day: isDay(day) ? day : "",
    time: /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : "",
    duration: durationsOf(eventType).includes(duration) ? duration : eventType.duration,
  };
}

function isDay(text: string): boolean {
  try {
    return parseDay(text).toString() === text;
  } catch {
    return false;
  }
}

export function writeQuestion({ day, time, duration }: Question): URLSearchParams {
  const params = new URLSearchParams();
  if (day) params.set("date", day);
  if (time) params.set("time", time);
  params.set("duration", String(duration));
  return params;
}

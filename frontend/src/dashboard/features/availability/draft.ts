import type { DateOverride, NewSchedule, Schedule, ScheduleRule } from "../../api/schedules";
import { DAY_END, toMinutes, toWallTime } from "../../lib/wall-time";

/** Start and end as wall times; "24:00" is a valid end. */
export type Window = [start: string, end: string];

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A schedule while it is edited: windows by weekday, as the screen shows them. */
export interface Draft {
  name: string;
  timezone: string;
  week: Record<Weekday, Window[]>;
  overrides: DateOverride[];
  rules: ScheduleRule[];
}

export type DraftAction =
  | { type: "rename"; name: string }
  | { type: "set_zone"; timezone: string }
  | { type: "toggle_day"; weekday: Weekday }
  | { type: "add_window"; weekday: Weekday }
  | { type: "set_window"; weekday: Weekday; index: number; window: Window }
  | { type: "remove_window"; weekday: Weekday; index: number }
  | { type: "copy_day"; from: Weekday; to: readonly Weekday[] }
  | { type: "set_override"; override: DateOverride }
  | { type: "remove_override"; date: string }
  | { type: "set_rule"; index: number; rule: ScheduleRule }
  | { type: "remove_rule"; index: number }
  | { type: "reset"; draft: Draft };

const USUAL: Window = ["09:00", "17:00"];

export function toDraft(schedule: Schedule): Draft {
  const week = emptyWeek();
  for (const { weekday, start, end } of schedule.weekly) {
    week[weekday as Weekday]?.push([start, end]);
  }
  for (const weekday of WEEKDAYS) week[weekday].sort(([one], [other]) => one.localeCompare(other));
  return {
    name: schedule.name,
    timezone: schedule.timezone,
    week,
    overrides: schedule.overrides,
    rules: schedule.rules,
  };
}

export function toInput(draft: Draft): NewSchedule {
  return {
    name: draft.name.trim(),
    timezone: draft.timezone,
    weekly: WEEKDAYS.flatMap((weekday) =>
      draft.week[weekday].map(([start, end]) => ({ weekday, start, end })),
    ),
    overrides: draft.overrides,
    rules: draft.rules,
  };
}

/** The weekday of an item of the sent `weekly` list: the server names faults by its index. */
export function weekdayOfIndex(draft: Draft, index: number): Weekday | undefined {
  return WEEKDAYS.flatMap((weekday) => draft.week[weekday].map(() => weekday))[index];
}

export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case "rename":
      return { ...draft, name: action.name };
    case "set_zone":
      return { ...draft, timezone: action.timezone };
    case "toggle_day":
      return withDay(draft, action.weekday, (windows) => (windows.length > 0 ? [] : [USUAL]));
    case "add_window":
      return withDay(draft, action.weekday, (windows) => [...windows, nextWindow(windows)]);
    case "set_window":
      return withDay(draft, action.weekday, (windows) =>
        windows.map((window, index) => (index === action.index ? action.window : window)),
      );
    case "remove_window":
      return withDay(draft, action.weekday, (windows) =>
        windows.filter((_, index) => index !== action.index),
      );
    case "copy_day": {
      const week = { ...draft.week };
      for (const weekday of action.to) week[weekday] = draft.week[action.from];
      return { ...draft, week };
    }
    case "set_override":
      return {
        ...draft,
        overrides: [
          ...draft.overrides.filter(({ date }) => date !== action.override.date),
          action.override,
        ].sort((one, other) => one.date.localeCompare(other.date)),
      };
    case "remove_override":
      return { ...draft, overrides: draft.overrides.filter(({ date }) => date !== action.date) };
    case "set_rule": {
      const rules = [...draft.rules];
      rules[action.index] = action.rule;
      return { ...draft, rules };
    }
    case "remove_rule":
      return { ...draft, rules: draft.rules.filter((_, index) => index !== action.index) };
    case "reset":
      return action.draft;
  }
}

function withDay(draft: Draft, weekday: Weekday, change: (windows: Window[]) => Window[]): Draft {
  return { ...draft, week: { ...draft.week, [weekday]: change(draft.week[weekday]) } };
}

/** An hour after the last window, as far as the day allows; the usual hours on an empty day. */
export function nextWindow(windows: readonly Window[]): Window {
  const last = windows.at(-1);
  if (!last) return USUAL;
  const start = Math.min(toMinutes(last[1]) + 60, DAY_END - 60);
  return [toWallTime(start), toWallTime(start + 60)];
}

/** What is wrong with one day's windows, in words; undefined when nothing is. */
export function findWindowsProblem(windows: readonly Window[]): string | undefined {
  if (windows.some(([start, end]) => toMinutes(start) >= toMinutes(end))) {
    return "The end has to come after the start.";
  }
  const ordered = windows.toSorted(([one], [other]) => one.localeCompare(other));
  const overlaps = ordered.some(([start], index) => start < (ordered[index - 1]?.[1] ?? ""));
  return overlaps ? "These hours overlap. Join them, or start the later ones later." : undefined;
}

export function emptyWeek(): Record<Weekday, Window[]> {
  return { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
}

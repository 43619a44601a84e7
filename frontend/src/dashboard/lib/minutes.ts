export type MinuteUnit = "minutes" | "hours" | "days" | "weeks";

const FACTOR: Record<MinuteUnit, number> = { minutes: 1, hours: 60, days: 1440, weeks: 10080 };

/** The largest unit that divides the minutes without rest: 240 is 4 hours, 90 is 90 minutes. */
export function splitMinutes(total: number): { amount: number; unit: MinuteUnit } {
  if (total === 0) return { amount: 0, unit: "hours" };
  const unit = (["weeks", "days", "hours"] as const).find((name) => total % FACTOR[name] === 0);
  return unit ? { amount: total / FACTOR[unit], unit } : { amount: total, unit: "minutes" };
}

export function joinMinutes(amount: number, unit: MinuteUnit): number {
  return Math.round(amount * FACTOR[unit]);
}

/** "30 min", "120 min", "4 h", "5 h 20 min": short enough for a list. */
export function formatDuration(minutes: number): string {
  if (minutes <= 120) return `${minutes} min`;
  const rest = minutes % 60;
  const hours = `${Math.floor(minutes / 60)} h`;
  return rest === 0 ? hours : `${hours} ${rest} min`;
}

/** "4 hours", "1 day" for sentences. */
export function describeMinutes(total: number): string {
  const { amount, unit } = splitMinutes(total);
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}

import { useEffect, useState } from "react";
import { count } from "./words";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "2 days", "5 hours", "40 minutes": what is left until an instant, rounded down; null when over. */
export function timeLeft(until: string, now: number): string | null {
  const left = Date.parse(until) - now;
  if (left <= 0) return null;
  if (left < MINUTE) return "less than a minute";
  if (left < HOUR) return count(Math.floor(left / MINUTE), "minute");
  if (left < 2 * DAY) return count(Math.floor(left / HOUR), "hour");
  return count(Math.floor(left / DAY), "day");
}

const TICK = 20_000;

/** The present, in milliseconds, anew every now and then: for what counts down in minutes. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  return now;
}

import { useEffect, useRef, useState } from "react";
import type { Page } from "../page";
import { fetchOccurrences, type Occurrence } from "../requests";

export interface SeriesInView {
  /** All dates in order; `null` until the server has told them. */
  occurrences: readonly Occurrence[] | null;
  hasFailed: boolean;
  /** The starts to book: all that are free and were not unticked. */
  chosen: string[];
  toggle(start: string): void;
  /** Asks again: some may have been taken meanwhile. What was unticked stays so. */
  refresh(): void;
}

/** The dates of the series that begins at `start`; asks nothing without one. */
export function useSeries(
  page: Page,
  start: string | null,
  duration: number,
  zone: string,
  holdToken: () => Promise<string | undefined>,
): SeriesInView {
  const { organizer, event_type: eventType } = page.init;
  const [occurrences, setOccurrences] = useState<readonly Occurrence[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [unticked, setUnticked] = useState<ReadonlySet<string>>(new Set());
  const [round, setRound] = useState(0);
  const token = useRef(holdToken);
  token.current = holdToken;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same again
  useEffect(() => {
    if (!start) return;
    let isWanted = true;
    setFailed(false);
    const ask = async () => {
      const found = await fetchOccurrences({
        organizer_slug: organizer.slug,
        event_type_slug: eventType.slug,
        start_time: start,
        timezone: zone,
        duration,
        hold_token: await token.current(),
      });
      if (isWanted) setOccurrences(found);
    };
    ask().catch(() => isWanted && setFailed(true));
    return () => {
      isWanted = false;
    };
  }, [organizer, eventType, start, duration, zone, round]);

  // Another start is another series.
  // biome-ignore lint/correctness/useExhaustiveDependencies: forgotten when these change
  useEffect(() => {
    setOccurrences(null);
    setUnticked(new Set());
  }, [start, duration]);

  return {
    occurrences,
    hasFailed,
    chosen: (occurrences ?? [])
      .filter((one) => one.available && !unticked.has(one.start))
      .map((one) => one.start),
    toggle: (toggled) =>
      setUnticked((before) => {
        const after = new Set(before);
        if (!after.delete(toggled)) after.add(toggled);
        return after;
      }),
    refresh: () => setRound((before) => before + 1),
  };
}

import { useCallback, useEffect, useRef, useState } from "react";
import { Unreachable } from "../../shared/api/problem";
import { addDays, dayInZone, type Month, monthOf } from "../../shared/dates/days";
import type { SlotWindow } from "../init";
import type { Page } from "./page";
import { fetchSlots } from "./requests";
import { daysToAsk, emptyLedger, isFull, knowsMonth, learn, type SlotLedger } from "./slot-ledger";

export type SlotTrouble = "offline" | "failed";

/** Coming back to a tab after this long refreshes what it shows. */
const STALE_MS = 20_000;
/** The slots API answers at most 62 days at once. */
const LONGEST_WINDOW_DAYS = 61;
const WINDOWS_TO_SEARCH = 6;

export interface SlotsInView {
  ledger: SlotLedger;
  /** Whether the ledger knows all of the month in view, at the chosen duration. */
  isKnown: boolean;
  trouble: SlotTrouble | null;
  /** Asks the server again about a month; the old times stay until the answer is here. */
  refresh(month?: Month): Promise<void>;
  /** The first start after `month` that the server offers, or `null` within a year. */
  findNext(month: Month): Promise<string | null>;
}

/** The slots of the month in view: from the page at first, then from the API as months change. */
export function useSlots(page: Page, zone: string, month: Month, duration: number): SlotsInView {
  const { init } = page;
  const [ledger, setLedger] = useState(() => learn(emptyLedger(init.slots.duration), init.slots));
  const [trouble, setTrouble] = useState<SlotTrouble | null>(null);
  const askedAt = useRef(page.now());
  const running = useRef<AbortController | null>(null);

  const ask = useCallback(
    (first: string, last: string, signal?: AbortSignal): Promise<SlotWindow> =>
      fetchSlots(
        {
          organizer: init.organizer.slug,
          eventType: init.event_type.slug,
          first,
          last,
          zone,
          duration,
          movingToken: init.reschedule?.access_token ?? null,
          includeFull: init.event_type.has_waitlist && !init.reschedule,
        },
        signal,
      ),
    [init, zone, duration],
  );

  const takeIn = useCallback(
    (answer: SlotWindow) =>
      setLedger((known) =>
        learn(known.duration === answer.duration ? known : emptyLedger(answer.duration), answer),
      ),
    [],
  );

  const refresh = useCallback(
    async (wanted: Month = month) => {
      const today = dayInZone(page.now(), zone);
      if (wanted < monthOf(today)) return;
      running.current?.abort();
      const request = new AbortController();
      running.current = request;
      askedAt.current = page.now();
      setTrouble(null);
      try {
        takeIn(await ask(...daysToAsk(wanted, today), request.signal));
      } catch (error) {
        if (request.signal.aborted) return;
        setTrouble(error instanceof Unreachable ? "offline" : "failed");
      }
    },
    [ask, takeIn, month, page, zone],
  );

  const isKnown = ledger.duration === duration && knowsMonth(ledger, month, zone, page.now());

  useEffect(() => {
    if (!isKnown) void refresh();
  }, [isKnown, refresh]);

  useEffect(() => {
    const refreshIfStale = () => {
      if (document.visibilityState === "visible" && page.now() - askedAt.current > STALE_MS)
        void refresh();
    };
    const refreshNow = () => void refresh();
    document.addEventListener("visibilitychange", refreshIfStale);
    window.addEventListener("focus", refreshIfStale);
    window.addEventListener("online", refreshNow);
    return () => {
      document.removeEventListener("visibilitychange", refreshIfStale);
      window.removeEventListener("focus", refreshIfStale);
      window.removeEventListener("online", refreshNow);
    };
  }, [refresh, page]);

  const findNext = useCallback(
    async (after: Month): Promise<string | null> => {
      const known = ledger.slots.find(
        (slot) =>
          !isFull(slot) &&
          monthOf(dayInZone(slot.start, zone)) > after &&
          ledger.duration === duration,
      );
      if (known) return known.start;
      let [, last] = daysToAsk(after, dayInZone(page.now(), zone));
      for (let round = 0; round < WINDOWS_TO_SEARCH; round += 1) {
        const first = addDays(last, 1);
        if (init.last_date && first > init.last_date) return null;
        last = addDays(first, LONGEST_WINDOW_DAYS);
        const answer = await ask(first, last);
        takeIn(answer);
        const free = answer.slots.find((slot) => !isFull(slot));
        if (free) return free.start;
      }
      return null;
    },
    [ledger, ask, takeIn, duration, init.last_date, page, zone],
  );

  return { ledger, isKnown, trouble, refresh, findNext };
}

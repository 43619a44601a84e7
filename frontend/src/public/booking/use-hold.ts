import { useEffect, useRef, useState } from "react";
import { ProblemError, requestJson, Unreachable } from "../../shared/api/problem";
import type { Page } from "./page";
import { HOLD_URL, IdempotentPost } from "./requests";

/** So long before its end the page says that a hold ends. */
const LAST_MINUTE_MS = 60_000;
/** Booking goes on without a hold whose answer takes longer. */
const PATIENCE_MS = 3_000;

export interface HoldWish {
  organizer_slug: string;
  event_type_slug: string;
  start_time: string;
  duration: number;
}

interface Held {
  hold_token: string;
  expires_at: string;
}

export interface HoldInUse {
  /** The key to book with, once the server has answered; none without a hold. */
  token(): Promise<string | undefined>;
  /** The hold became a booking: there is nothing to give up any more. */
  used(): void;
  /** Whether the time is held, or the answer is still awaited. */
  isKept: boolean;
  /** Seconds left in the last minute, 0 when it has lapsed, `null` before and without a hold. */
  secondsLeft: number | null;
}

/**
 * Keeps a start for the visitor as long as `wish` names it: taken when it appears, replaced when it
 * changes, given up when it is gone or the page is left. `onTaken` gets the server's refusal when
 * somebody else has the time; after any other trouble (`onTrouble`) it goes on without a hold.
 */
export function useHold(
  page: Page,
  wish: HoldWish | null,
  onTaken: (refused: ProblemError) => void,
  onTrouble: () => void,
): HoldInUse {
  const post = useRef(new IdempotentPost());
  const held = useRef<Promise<Held | null>>(Promise.resolve(null));
  const retry = useRef<(() => Promise<Held | null>) | null>(null);
  const told = useRef({ onTaken, onTrouble });
  told.current = { onTaken, onTrouble };
  const [isKept, setKept] = useState(false);
  const [endsAt, setEndsAt] = useState<number | null>(null);
  const body = wish && JSON.stringify(wish);

  useEffect(() => {
    if (!body) return;
    let isWanted = true;
    const ask = async (former: Held | null): Promise<Held | null> => {
      retry.current = null;
      try {
        const sent = { ...JSON.parse(body), hold_token: former?.hold_token };
        const answer = await post.current.send<Held>(HOLD_URL, sent);
        if (isWanted) setEndsAt(Date.parse(answer.expires_at));
        return answer;
      } catch (error) {
        // The answer may be lost though the time is held: the same call tells its key.
        if (error instanceof Unreachable) retry.current = () => ask(former);
        if (isWanted) {
          setKept(false);
          const isTaken = error instanceof ProblemError && error.problem.status === 409;
          if (isTaken) told.current.onTaken(error);
          else told.current.onTrouble();
        }
        return former;
      }
    };
    const take = () => {
      setKept(true);
      held.current = held.current.then(ask);
    };
    const comeBack = (event: PageTransitionEvent) => event.persisted && take();
    take();
    window.addEventListener("pageshow", comeBack);
    return () => {
      isWanted = false;
      setKept(false);
      setEndsAt(null);
      window.removeEventListener("pageshow", comeBack);
    };
  }, [body]);

  // Given up on the way back to the times, and when the page is left.
  const isWished = body !== null;
  useEffect(() => {
    if (!isWished) return;
    const giveUp = () => {
      const former = held.current;
      held.current = Promise.resolve(null);
      void former.then((hold) => hold && release(hold.hold_token));
    };
    window.addEventListener("pagehide", giveUp);
    return () => {
      window.removeEventListener("pagehide", giveUp);
      giveUp();
    };
  }, [isWished]);

  const secondsLeft = useSecondsLeft(page, endsAt);
  return {
    token: async () => {
      const again = retry.current;
      if (again) held.current = again();
      const patience = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
      return (await Promise.race([held.current, patience]))?.hold_token;
    },
    used: () => {
      held.current = Promise.resolve(null);
      setEndsAt(null);
    },
    isKept: isKept && secondsLeft !== 0,
    secondsLeft,
  };
}

/** The page may be gone before the answer is here, and nobody waits for it. */
function release(token: string): void {
  requestJson(`${HOLD_URL}${token}/`, { method: "DELETE", keepalive: true }).catch(() => {});
}

function useSecondsLeft(page: Page, endsAt: number | null): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    setLeft(null);
    if (endsAt === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const ms = endsAt - page.now();
      if (ms > LAST_MINUTE_MS) {
        timer = setTimeout(tick, ms - LAST_MINUTE_MS);
        return;
      }
      setLeft(Math.max(0, Math.ceil(ms / 1000)));
      if (ms > 0) timer = setTimeout(tick, ms % 1000 || 1000);
    };
    tick();
    return () => clearTimeout(timer);
  }, [endsAt, page]);
  return left;
}

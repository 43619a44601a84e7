import { useEffect, useState } from "react";
import { dayInZone, type Month } from "../../shared/dates/days";
import type { Page } from "./page";
import type { SlotsInView } from "./use-slots";

interface EmptyMonthProps {
  page: Page;
  month: Month;
  zone: string;
  slots: SlotsInView;
  onShow(start: string): void;
}

type Search = { for: Month; found: string | null } | null;

/** "No free times this month. The next one is Tue 6 April. Show it" */
export function EmptyMonth({ page, month, zone, slots, onShow }: EmptyMonthProps) {
  const { t } = page;
  const [search, setSearch] = useState<Search>(null);
  const { findNext } = slots;

  // Looking further ahead makes a new ledger, and so a new findNext: the answer is the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: one search per month and zone
  useEffect(() => {
    let isCurrent = true;
    findNext(month)
      .catch(() => null)
      .then((found) => {
        if (isCurrent) setSearch({ for: month, found });
      });
    return () => {
      isCurrent = false;
    };
  }, [month, zone]);

  const next = search?.for === month ? search.found : null;
  return (
    <div className="empty" aria-live="polite">
      <span className="dial" aria-hidden="true" />
      {next ? (
        <>
          <p>{t("month_empty_next", { day: page.shortDayName(dayInZone(next, zone)) })}</p>
          <button type="button" className="pick" onClick={() => onShow(next)}>
            {t("show_it")}
          </button>
        </>
      ) : (
        <p>
          {t("month_empty")} {search && t("none_ahead")}
        </p>
      )}
    </div>
  );
}

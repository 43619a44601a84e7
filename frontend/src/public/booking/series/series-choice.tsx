import type { Clock } from "../../../shared/dates/formats";
import type { MessageKey } from "../../messages";
import type { Page } from "../page";
import type { SeriesInView } from "./use-series";

const WHY: Readonly<Record<string, MessageKey>> = {
  outside_hours: "why_closed",
  off_grid: "why_closed",
  too_soon: "why_too_soon",
  too_far: "why_too_far",
  limit_reached: "why_limit",
};

interface SeriesChoiceProps {
  page: Page;
  series: SeriesInView;
  zone: string;
  clock: Clock;
}

/** Every date of a series: ticked where it is free, else with what is in its way. */
export function SeriesChoice({ page, series, zone, clock }: SeriesChoiceProps) {
  const { t } = page;
  const { occurrences, hasFailed, chosen } = series;
  if (hasFailed)
    return (
      <div className="notice" role="alert">
        <p>{t("series_failed")}</p>
        <button type="button" className="pick" onClick={series.refresh}>
          {t("try_again")}
        </button>
      </div>
    );
  if (!occurrences)
    return (
      <p className="help" role="status">
        {t("series_loading")}
      </p>
    );
  return (
    <fieldset className="dates">
      <legend>{t.plural("series_dates", occurrences.length)}</legend>
      <p className="help">{t("series_help")}</p>
      <ol>
        {occurrences.map((one) => (
          <li key={one.start}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(one.start)}
                disabled={!one.available}
                onChange={() => series.toggle(one.start)}
              />
              <span className={one.available ? undefined : "old"}>
                {page.dayAndTime(one.start, zone, clock)}
              </span>
              {!one.available && <small>{t(WHY[one.reason ?? ""] ?? "why_taken")}</small>}
            </label>
          </li>
        ))}
      </ol>
    </fieldset>
  );
}

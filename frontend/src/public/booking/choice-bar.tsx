import type { ReactNode } from "react";
import { dayInZone } from "../../shared/dates/days";
import type { Clock } from "../../shared/dates/formats";
import { showSameTime, zoneLabel } from "../../shared/tz/zones";
import type { Page } from "./page";

interface Choice {
  start: string;
  end: string;
}

/** "09:30 for Ana", with the day when it is another one there. Of a team nobody is singled out. */
export function hostTime(page: Page, start: string, zone: string, clock: Clock): string | null {
  const { organizer } = page.init;
  if (page.hasTeam) return null;
  if (showSameTime(zone, organizer.timezone, start)) return null;
  const isOtherDay = dayInZone(start, zone) !== dayInZone(start, organizer.timezone);
  const time = isOtherDay
    ? page.dayAndTime(start, organizer.timezone, clock)
    : page.time(start, organizer.timezone, clock);
  return page.t("bar_host", { time, name: organizer.name.split(" ")[0] ?? organizer.name });
}

interface ChoiceBarProps {
  page: Page;
  choice: Choice | null;
  zone: string | null;
  clock: Clock;
  /** The buttons; none while nothing is chosen. */
  children?: ReactNode;
}

/** The chosen time, its zone and the host's time where it differs; else what to choose. */
export function ChoiceBar({ page, choice, zone, clock, children }: ChoiceBarProps) {
  const { t } = page;
  if (!choice || !zone) {
    return (
      <div className="go">
        <p aria-live="polite">
          {t(zone ? "bar_empty" : "bar_zone_first")}
          {zone && !page.init.reschedule && <small>{t("bar_hint")}</small>}
        </p>
      </div>
    );
  }
  const host = hostTime(page, choice.start, zone, clock);
  return (
    <div className="go">
      <p aria-live="polite">
        {page.dayAndTime(choice.start, zone, clock)}
        <span className="wide"> – {page.time(choice.end, zone, clock)}</span>
        <small>
          <span className="wide">{t("bar_zone", { zone: zoneLabel(zone) })}</span>
          <span className="narrow">{zoneLabel(zone)}</span>
          {host && t("separator") + host}
        </small>
      </p>
      {children}
    </div>
  );
}

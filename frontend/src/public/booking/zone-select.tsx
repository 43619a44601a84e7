import { useEffect, useMemo, useState } from "react";
import { type Clock, timeName } from "../../shared/dates/formats";
import { currentName, isSameZone, zoneLabel, zonesByRegion } from "../../shared/tz/zones";
import { Icon } from "../icon";
import type { Page } from "./page";

interface ZoneOptionsProps {
  page: Page;
  clock: Clock;
  /** The instant whose time each zone shows beside its name; none when `null`. */
  now: number | null;
  /** A zone that is listed already. */
  except?: string;
}

/** Every zone by region, each with its present time; the host's first. */
export function ZoneOptions({ page, clock, now, except }: ZoneOptionsProps) {
  const regions = useMemo(zonesByRegion, []);
  const { organizer } = page.init;
  const withTime = (zone: string, name: string) =>
    now === null ? name : name + page.t("separator") + timeName(page.locale, now, zone, clock);
  const host = currentName(organizer.timezone);
  return (
    <>
      {!(except && isSameZone(host, except)) && (
        <option value={host}>
          {withTime(host, page.t("zone_host", { zone: zoneLabel(host), name: organizer.name }))}
        </option>
      )}
      {regions.map(({ region, zones }) => (
        <optgroup key={region} label={region}>
          {zones
            .filter((zone) => zone !== host && zone !== except)
            .map((zone) => (
              <option key={zone} value={zone}>
                {withTime(zone, zoneLabel(zone))}
              </option>
            ))}
        </optgroup>
      ))}
    </>
  );
}

interface ZoneSelectProps {
  page: Page;
  zone: string;
  clock: Clock;
  onZone(zone: string): void;
}

/**
 * The zone that times are shown in, with its clock. The other zones are listed when the page is at
 * rest, their times (one formatter each) once somebody reaches for the list.
 */
export function ZoneSelect({ page, zone, clock, onZone }: ZoneSelectProps) {
  const [isListed, setListed] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setListed(true), 50);
    return () => clearTimeout(timer);
  }, []);
  const now = useMinutes(page);
  const label = zoneLabel(zone) + page.t("separator") + timeName(page.locale, now, zone, clock);
  return (
    <div className="zone">
      <Icon name="globe" />
      <label className="sr" htmlFor="tz">
        {page.t("time_zone")}
      </label>
      <select
        id="tz"
        value={zone}
        onPointerDown={() => setOpen(true)}
        onFocus={() => setOpen(true)}
        onChange={(event) => onZone(event.currentTarget.value)}
      >
        <option value={zone}>{label}</option>
        {(isListed || isOpen) && (
          <ZoneOptions page={page} clock={clock} now={isOpen ? now : null} except={zone} />
        )}
      </select>
      <Icon name="down" />
    </div>
  );
}

/** The server's present time, never more than ten seconds behind. */
function useMinutes(page: Page): number {
  const [now, setNow] = useState(page.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(page.now()), 10_000);
    return () => clearInterval(timer);
  }, [page]);
  return now;
}

interface ZoneQuestionProps {
  page: Page;
  clock: Clock;
  onZone(zone: string): void;
}

/** Asked before any time is listed when the browser names no place (UTC, privacy settings). */
export function ZoneQuestion({ page, clock, onZone }: ZoneQuestionProps) {
  const { t } = page;
  return (
    <form
      className="panel form"
      aria-labelledby="zone-title"
      onSubmit={(event) => {
        event.preventDefault();
        const zone = new FormData(event.currentTarget).get("zone");
        if (typeof zone === "string" && zone) onZone(zone);
      }}
    >
      <h2 id="zone-title">{t("zone_ask_title")}</h2>
      <p className="lead">
        {t("zone_unknown")} {t("zone_ask")}
      </p>
      <div className="field">
        <label htmlFor="zone">{t("time_zone")}</label>
        <select id="zone" name="zone" required defaultValue="">
          <option value="" disabled>
            {t("zone_choose")}
          </option>
          <ZoneOptions page={page} clock={clock} now={page.now()} />
        </select>
      </div>
      <button type="submit" className="cta">
        {t("show_times")}
      </button>
    </form>
  );
}

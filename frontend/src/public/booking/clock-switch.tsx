import type { Clock } from "../../shared/dates/formats";
import type { Page } from "./page";

interface ClockSwitchProps {
  page: Page;
  clock: Clock;
  onClock(clock: Clock): void;
}

const CHOICES = [
  ["h12", "clock_12", "clock_12_name"],
  ["h23", "clock_24", "clock_24_name"],
] as const;

/** 12 or 24 hours; left out by catalogues of languages that read only one of them. */
export function ClockSwitch({ page, clock, onClock }: ClockSwitchProps) {
  const { t } = page;
  if (!t("clock_12")) return null;
  return (
    <fieldset className="seg">
      <legend className="sr">{t("clock")}</legend>
      {CHOICES.map(([value, label, name]) => (
        <label key={value}>
          <input
            type="radio"
            name="clock"
            checked={clock === value}
            aria-label={t(name)}
            onChange={() => onClock(value)}
          />
          <span>{t(label)}</span>
        </label>
      ))}
    </fieldset>
  );
}

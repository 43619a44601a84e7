import type { Scope, SeriesPlace } from "../../../../api/bookings";
import { scopesOf } from "./scope";

/** Which dates of a series a change is for; shows nothing for a booking that stands alone. */
export function ScopeField({
  series,
  legend,
  value,
  onChange,
}: {
  series: SeriesPlace | null;
  legend: string;
  value: Scope;
  onChange: (scope: Scope) => void;
}) {
  const choices = scopesOf(series);
  if (choices.length === 0) return null;
  return (
    <fieldset className="scope">
      <legend className="label">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name="scope"
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}

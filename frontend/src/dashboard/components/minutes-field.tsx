import { type Ref, useState } from "react";
import { joinMinutes, type MinuteUnit, splitMinutes } from "../lib/minutes";
import { Field } from "./field";

/** An amount and a unit for what the API stores in minutes. `null` is an empty amount. */
export function MinutesField({
  label,
  help,
  error,
  optional = false,
  value,
  units,
  ref,
  onChange,
}: {
  label: string;
  help?: string;
  error?: string | undefined;
  optional?: boolean;
  value: number | null;
  units: readonly MinuteUnit[];
  ref?: Ref<HTMLInputElement>;
  onChange: (minutes: number | null) => void;
}) {
  const [unit, setUnit] = useState<MinuteUnit>(() => initialUnit(value, units));
  const amount = value === null ? "" : value / joinMinutes(1, unit);
  return (
    <Field label={label} help={help} error={error} optional={optional}>
      {(control) => (
        <div className="joined">
          <input
            ref={ref}
            className="input t"
            type="number"
            inputMode="numeric"
            min={0}
            step="any"
            value={amount}
            onChange={(event) =>
              onChange(
                event.target.value === "" ? null : joinMinutes(event.target.valueAsNumber, unit),
              )
            }
            {...control}
          />
          <select
            className="input"
            aria-label={`Unit of ${label.toLowerCase()}`}
            value={unit}
            onChange={(event) => {
              const next = event.target.value as MinuteUnit;
              if (value !== null) onChange(joinMinutes(Number(amount), next));
              setUnit(next);
            }}
          >
            {units.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}

function initialUnit(value: number | null, units: readonly MinuteUnit[]): MinuteUnit {
  const natural = value ? splitMinutes(value).unit : undefined;
  return natural && units.includes(natural) ? natural : (units[0] ?? "minutes");
}

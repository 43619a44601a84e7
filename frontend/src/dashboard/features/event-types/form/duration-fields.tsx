import { type UseFormReturn, useController } from "react-hook-form";
import { NumberField } from "../../../components/number-field";
import { formatDuration } from "../../../lib/minutes";
import type { EventTypeValues } from "./values";

const SUGGESTED = [15, 30, 45, 60, 90, 120, 180, 240];

/** The duration, and the further ones that invitees may choose from. */
export function DurationFields({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const duration = useController({ control: form.control, name: "duration" }).field;
  const choices = useController({ control: form.control, name: "durations" }).field;
  const others = [...new Set([...SUGGESTED, ...choices.value])]
    .filter((minutes) => minutes !== duration.value)
    .sort((one, other) => one - other);
  const toggle = (minutes: number) =>
    choices.onChange(
      choices.value.includes(minutes)
        ? choices.value.filter((each) => each !== minutes)
        : [...choices.value, minutes].sort((one, other) => one - other),
    );
  return (
    <>
      <NumberField
        label="Duration in minutes"
        min={1}
        max={1440}
        list="durations"
        value={duration.value}
        onChange={(minutes) => {
          duration.onChange(minutes ?? Number.NaN);
          choices.onChange(choices.value.filter((each) => each !== minutes));
        }}
        error={form.formState.errors.duration?.message}
      />
      <datalist id="durations">
        {SUGGESTED.map((minutes) => (
          <option key={minutes} value={minutes} />
        ))}
      </datalist>
      <fieldset className="field">
        <legend className="label">
          Also offer <span>optional</span>
        </legend>
        <div className="pills">
          {others.map((minutes) => (
            <label key={minutes}>
              <input
                type="checkbox"
                className="sr"
                checked={choices.value.includes(minutes)}
                onChange={() => toggle(minutes)}
              />
              {formatDuration(minutes)}
            </label>
          ))}
        </div>
        <div className="hint">
          {form.formState.errors.durations?.message ?? "Invitees then choose how long they need."}
        </div>
      </fieldset>
    </>
  );
}

import { useState } from "react";
import { type UseFormReturn, useController } from "react-hook-form";
import { Button } from "../../../components/button";
import { Field } from "../../../components/field";
import { formatDuration } from "../../../lib/minutes";
import { NumberInput } from "./number-input";
import type { EventTypeValues } from "./values";

const SUGGESTED = [15, 30, 45, 60, 90, 120];
const MOST_CHOICES = 12;

/** The duration, and the further ones that invitees may choose from. */
export function DurationFields({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const duration = form.watch("duration");
  const { field: choices, fieldState } = useController({
    control: form.control,
    name: "durations",
  });
  const shown = [...new Set([...SUGGESTED, ...choices.value])]
    .filter((minutes) => minutes !== duration)
    .sort((one, other) => one - other);
  const choose = (minutes: number) =>
    choices.onChange([...new Set([...choices.value, minutes])].sort((one, other) => one - other));
  const toggle = (minutes: number) =>
    choices.value.includes(minutes)
      ? choices.onChange(choices.value.filter((each) => each !== minutes))
      : choose(minutes);
  return (
    <>
      <NumberInput
        form={form}
        name="duration"
        label="Duration in minutes"
        min={1}
        max={1440}
        help="How long it takes, without the free time around it."
      />
      <fieldset className="field">
        <legend className="label">
          Also offer <span>optional</span>
        </legend>
        <div className="pills">
          {shown.map((minutes) => (
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
        <AnotherLength
          taken={[duration, ...choices.value]}
          error={fieldState.error?.message}
          onAdd={choose}
        />
      </fieldset>
    </>
  );
}

function AnotherLength({
  taken,
  error,
  onAdd,
}: {
  taken: readonly number[];
  error: string | undefined;
  onAdd: (minutes: number) => void;
}) {
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string>();
  const add = () => {
    const minutes = Number(typed);
    const problem = findLengthProblem(minutes, taken);
    setFault(problem);
    if (problem) return;
    onAdd(minutes);
    setTyped("");
  };
  return (
    <Field
      label="Another length in minutes"
      error={fault ?? error}
      help="Invitees choose how long they need. The duration above comes first."
    >
      {(control) => (
        <div className="et-add">
          <input
            className="input t short"
            type="number"
            inputMode="numeric"
            min={1}
            max={1440}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
            {...control}
          />
          <Button onClick={add}>Add length</Button>
        </div>
      )}
    </Field>
  );
}

/** Why a length cannot be added; undefined when it can. */
export function findLengthProblem(minutes: number, taken: readonly number[]): string | undefined {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440) return "Use 1 to 1,440 minutes.";
  if (taken.includes(minutes)) return "This length is offered already.";
  return taken.length > MOST_CHOICES ? `Offer at most ${MOST_CHOICES} further lengths.` : undefined;
}

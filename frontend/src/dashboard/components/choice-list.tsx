import { type ComponentProps, type ReactNode, useId } from "react";
import "./choice-list.css";
import { Hint } from "./field";

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  help: ReactNode;
}

/** One of a few, each with the sentence that says what it does. Spread `register(...)` into it. */
export function ChoiceList<Value extends string>({
  label,
  choices,
  error,
  ...radio
}: {
  label: string;
  choices: readonly Choice<Value>[];
  error?: string | undefined;
} & Omit<ComponentProps<"input">, "type" | "id">) {
  const id = useId();
  return (
    <fieldset className="field" aria-describedby={error ? `${id}-hint` : undefined}>
      <legend className="label">{label}</legend>
      <div className="choices">
        {choices.map((choice) => (
          <label key={choice.value} htmlFor={`${id}-${choice.value}`}>
            <input
              {...radio}
              type="radio"
              id={`${id}-${choice.value}`}
              value={choice.value}
              aria-labelledby={`${id}-${choice.value}-name`}
              aria-describedby={`${id}-${choice.value}-help`}
            />
            <span>
              <b id={`${id}-${choice.value}-name`}>{choice.label}</b>
              <small id={`${id}-${choice.value}-help`}>{choice.help}</small>
            </span>
          </label>
        ))}
      </div>
      <Hint id={`${id}-hint`} error={error} />
    </fieldset>
  );
}

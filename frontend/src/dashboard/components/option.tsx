import { type ComponentProps, useId } from "react";
import { Hint } from "./field";
import { Switch } from "./switch";

/** A switch with its name and the sentence that says what it does; an error replaces it. */
export function Option({
  label,
  help,
  error,
  ...input
}: { label: string; help: string; error?: string | undefined } & Omit<
  ComponentProps<"input">,
  "type" | "role" | "id"
>) {
  const id = useId();
  return (
    <div className="option">
      <div>
        <label htmlFor={id}>{label}</label>
        <Hint id={`${id}-help`} error={error}>
          {help}
        </Hint>
      </div>
      <Switch
        id={id}
        aria-describedby={`${id}-help`}
        aria-invalid={error ? true : undefined}
        {...input}
      />
    </div>
  );
}

import { type ComponentProps, useId } from "react";
import { Switch } from "./switch";

/** A switch with its name and the sentence that says what it does. */
export function Option({
  label,
  help,
  ...input
}: { label: string; help: string } & Omit<ComponentProps<"input">, "type" | "role" | "id">) {
  const id = useId();
  return (
    <div className="option">
      <div>
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-help`}>{help}</p>
      </div>
      <Switch id={id} aria-describedby={`${id}-help`} {...input} />
    </div>
  );
}

import type { ComponentProps, ReactNode } from "react";
import { Field } from "./field";

/** A whole number; empty is `null`. */
export function NumberField({
  label,
  help,
  error,
  optional = false,
  value,
  onChange,
  ...input
}: {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  value: number | null;
  onChange: (value: number | null) => void;
} & Omit<ComponentProps<"input">, "value" | "onChange" | "type">) {
  return (
    <Field label={label} help={help} error={error} optional={optional}>
      {(control) => (
        <input
          className="input t short"
          type="number"
          inputMode="numeric"
          {...input}
          {...control}
          value={value === null || Number.isNaN(value) ? "" : value}
          onChange={(event) =>
            onChange(event.target.value === "" ? null : event.target.valueAsNumber)
          }
        />
      )}
    </Field>
  );
}

import type { ComponentProps, ReactNode } from "react";
import { Field } from "./field";

interface Labelled {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
}

/** One line of text. Spread react-hook-form's `register(...)` into it. */
export function TextField({
  label,
  help,
  error,
  optional,
  prefix,
  ...input
}: Labelled & { prefix?: string } & Omit<ComponentProps<"input">, "prefix">) {
  return (
    <Field label={label} help={help} error={error} optional={optional ?? false}>
      {(control) =>
        prefix ? (
          <div className="affix">
            <span aria-hidden="true">{prefix}</span>
            <input className="input" type="text" {...input} {...control} />
          </div>
        ) : (
          <input className="input" type="text" {...input} {...control} />
        )
      }
    </Field>
  );
}

export function TextArea({
  label,
  help,
  error,
  optional,
  ...input
}: Labelled & ComponentProps<"textarea">) {
  return (
    <Field label={label} help={help} error={error} optional={optional ?? false}>
      {(control) => <textarea className="input" rows={3} {...input} {...control} />}
    </Field>
  );
}

export function SelectField({
  label,
  help,
  error,
  optional,
  options,
  ...input
}: Labelled & {
  options: readonly { value: string | number; label: string }[];
} & ComponentProps<"select">) {
  return (
    <Field label={label} help={help} error={error} optional={optional ?? false}>
      {(control) => (
        <select className="input" {...input} {...control}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

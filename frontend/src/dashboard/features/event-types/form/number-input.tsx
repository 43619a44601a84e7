import type { ComponentProps } from "react";
import { type FieldPathByValue, type UseFormReturn, useController } from "react-hook-form";
import { MinutesField } from "../../../components/minutes-field";
import { NumberField } from "../../../components/number-field";
import type { EventTypeValues } from "./values";

type NumberName = FieldPathByValue<EventTypeValues, number | null>;

interface Bound {
  form: UseFormReturn<EventTypeValues>;
  name: NumberName;
  /** What an empty field stands for: a number, null, or (left out) a fault. */
  empty?: number | null;
}

type Unbound<Props> = Omit<Props, "value" | "onChange" | "error" | "ref" | "form" | "name">;

function useNumber({ form, name, empty = Number.NaN }: Bound) {
  const { field, fieldState } = useController({ control: form.control, name });
  return {
    ref: field.ref,
    value: field.value,
    onChange: (value: number | null) => field.onChange(value ?? empty),
    error: fieldState.error?.message,
  };
}

/** A whole number of the form's. */
export function NumberInput({
  form,
  name,
  empty,
  ...field
}: Bound & Unbound<ComponentProps<typeof NumberField>>) {
  const bound = useNumber({ form, name, ...(empty === undefined ? {} : { empty }) });
  return <NumberField {...field} {...bound} value={bound.value === empty ? null : bound.value} />;
}

/** A length of time of the form's, kept in minutes. */
export function MinutesInput({
  form,
  name,
  empty,
  ...field
}: Bound & Unbound<ComponentProps<typeof MinutesField>>) {
  return (
    <MinutesField
      {...field}
      {...useNumber({ form, name, ...(empty === undefined ? {} : { empty }) })}
    />
  );
}

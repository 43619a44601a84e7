import { Plus, X } from "lucide-react";
import { Controller, type FieldValues, type UseFormReturn, useFieldArray } from "react-hook-form";
import { LIMIT_WORDS, type Limit, PERIODS } from "../lib/limits";
import { Button } from "./button";
import { Icon } from "./icon";
import { SelectField } from "./inputs";
import "./limits-editor.css";
import { NumberField } from "./number-field";

type LimitFields = Record<string, Limit[]>;

/** The limits that a form keeps under `name`: bookings or minutes per period, one of a kind. */
export function LimitsEditor<Values extends FieldValues>({
  form,
  name,
}: {
  form: UseFormReturn<Values>;
  name: string;
}) {
  // The form's own type cannot say that the field of this name is a list of limits.
  const { control, register, watch, formState } = form as unknown as UseFormReturn<LimitFields>;
  const limits = useFieldArray({ control, name });
  const errors = formState.errors[name];
  const used = new Set((watch(name) ?? []).map((limit) => limit.per));
  const free = PERIODS.find((period) => !used.has(period));
  return (
    <>
      {limits.fields.map((limit, index) => (
        <div className="limit" key={limit.id}>
          <Controller
            control={control}
            name={`${name}.${index}.max`}
            render={({ field }) => (
              <NumberField
                label="At most"
                min={1}
                value={field.value as unknown as number}
                onChange={(most) => field.onChange(most ?? Number.NaN)}
                error={errors?.[index]?.max?.message}
                ref={field.ref}
              />
            )}
          />
          <SelectField
            label="Of what"
            options={PERIODS.map((period) => ({ value: period, label: LIMIT_WORDS[period] }))}
            error={errors?.[index]?.per?.message}
            {...register(`${name}.${index}.per`)}
          />
          <Button
            look="quiet"
            square
            aria-label={`Remove limit ${index + 1}`}
            onClick={() => limits.remove(index)}
          >
            <Icon of={X} />
          </Button>
        </div>
      ))}
      {free && (
        <div>
          <Button onClick={() => limits.append({ per: free, max: 10 })}>
            <Icon of={Plus} />
            Add a limit
          </Button>
        </div>
      )}
    </>
  );
}

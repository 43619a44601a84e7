import { Plus, X } from "lucide-react";
import { Controller, type UseFormReturn, useFieldArray } from "react-hook-form";
import { Button } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { SelectField } from "../../../components/inputs";
import { NumberField } from "../../../components/number-field";
import { Section } from "./section";
import { type EventTypeValues, PERIODS } from "./values";

const WORDS: Record<(typeof PERIODS)[number], string> = {
  day: "bookings a day",
  week: "bookings a week",
  month: "bookings a month",
  total_minutes_per_day: "minutes a day",
  total_minutes_per_week: "minutes a week",
  total_minutes_per_month: "minutes a month",
};

export function LimitsSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const limits = useFieldArray({ control: form.control, name: "limits" });
  const used = new Set(form.watch("limits").map((limit) => limit.per));
  const free = PERIODS.find((period) => !used.has(period));
  return (
    <Section id="limits" lead="Stop offering times once you have had enough.">
      <Controller
        control={form.control}
        name="max_bookings_per_day"
        render={({ field }) => (
          <NumberField
            label="At most a day"
            optional
            min={1}
            value={field.value}
            onChange={field.onChange}
            error={errors.max_bookings_per_day?.message}
          />
        )}
      />
      {limits.fields.map((limit, index) => (
        <div className="et-limit" key={limit.id}>
          <Controller
            control={form.control}
            name={`limits.${index}.max`}
            render={({ field }) => (
              <NumberField
                label="At most"
                min={1}
                value={field.value}
                onChange={(most) => field.onChange(most ?? Number.NaN)}
                error={errors.limits?.[index]?.max?.message}
              />
            )}
          />
          <SelectField
            label="Of what"
            options={PERIODS.map((period) => ({ value: period, label: WORDS[period] }))}
            error={errors.limits?.[index]?.per?.message}
            {...form.register(`limits.${index}.per`)}
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
    </Section>
  );
}

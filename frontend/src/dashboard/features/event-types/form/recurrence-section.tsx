import { Controller, type UseFormReturn, useWatch } from "react-hook-form";
import { SelectField, TextField } from "../../../components/inputs";
import { NumberField } from "../../../components/number-field";
import { Section } from "./section";
import type { EventTypeValues } from "./values";

const TYPES = [
  { value: "none", label: "No, one meeting" },
  { value: "daily", label: "Daily" },
  { value: "weekly", label: "Weekly" },
  { value: "monthly", label: "Monthly" },
];

export function RecurrenceSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const type = useWatch({ control: form.control, name: "recurrence_type" });
  return (
    <Section
      id="recurrence"
      lead="One booking, many dates: invitees see every date, and book all or some of them."
    >
      <SelectField
        label="Repeats"
        options={TYPES}
        error={errors.recurrence_type?.message}
        {...form.register("recurrence_type")}
      />
      {type !== "none" && (
        <>
          <div className="pair">
            <Controller
              control={form.control}
              name="max_occurrences"
              render={({ field }) => (
                <NumberField
                  label="At most this many"
                  min={1}
                  max={365}
                  help="A series needs an end: a number, a day, or both."
                  value={field.value}
                  onChange={field.onChange}
                  error={errors.max_occurrences?.message}
                />
              )}
            />
            <TextField
              label="Last possible day"
              type="date"
              error={errors.recurrence_end_date?.message}
              {...form.register("recurrence_end_date")}
            />
          </div>
          <TextField
            label="Own rule"
            optional
            placeholder="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
            spellCheck={false}
            help="An RRULE (RFC 5545). It wins over the choice above."
            error={errors.recurrence_rule?.message}
            {...form.register("recurrence_rule")}
          />
        </>
      )}
    </Section>
  );
}

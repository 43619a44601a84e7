import { Controller, type UseFormReturn, useWatch } from "react-hook-form";
import { NumberField } from "../../../components/number-field";
import { Option } from "../../../components/option";
import { Section } from "./section";
import type { EventTypeValues } from "./values";

export function GroupSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const seats = useWatch({ control: form.control, name: "max_attendees" });
  return (
    <Section
      id="group"
      lead="Kept for a later version: a group books into the same time. For now a time takes one booking, whatever the seats."
    >
      <Controller
        control={form.control}
        name="max_attendees"
        render={({ field }) => (
          <NumberField
            label="Seats"
            min={1}
            max={100}
            value={field.value}
            onChange={(amount) => field.onChange(amount ?? Number.NaN)}
            error={form.formState.errors.max_attendees?.message}
          />
        )}
      />
      {seats > 1 && (
        <Option
          label="Waiting list"
          help="When every seat is taken, people may wait for one to become free."
          {...form.register("enable_waitlist")}
        />
      )}
    </Section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Controller, type UseFormReturn } from "react-hook-form";
import { Link } from "react-router";
import { schedulesQuery } from "../../../api/schedules";
import { SelectField, TextField } from "../../../components/inputs";
import { MinutesField } from "../../../components/minutes-field";
import { NumberField } from "../../../components/number-field";
import { Section } from "./section";
import type { EventTypeValues } from "./values";

const ALIGNMENTS = [
  { value: "opening", label: "From the start of your hours" },
  { value: "clock", label: "On the clock: 09:00, 09:30, …" },
  { value: "packed", label: "Right after other bookings" },
];

export function SchedulingSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const { data: schedules = [] } = useQuery(schedulesQuery);
  return (
    <Section id="scheduling" lead="When it can be booked.">
      <SelectField
        label="Hours"
        help={
          <Link className="link" to="/availability">
            Change your hours
          </Link>
        }
        error={errors.schedule?.message}
        options={[
          { value: "", label: defaultLabel(schedules.find((each) => each.is_default)?.name) },
          ...schedules.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.register("schedule")}
      />
      <div className="pair">
        <Controller
          control={form.control}
          name="min_scheduling_notice"
          render={({ field }) => (
            <MinutesField
              label="Minimum notice"
              help="The latest that someone may book."
              units={["minutes", "hours", "days"]}
              value={field.value}
              onChange={(minutes) => field.onChange(minutes ?? Number.NaN)}
              error={errors.min_scheduling_notice?.message}
            />
          )}
        />
        <Controller
          control={form.control}
          name="max_scheduling_horizon"
          render={({ field }) => (
            <MinutesField
              label="Bookable ahead"
              help="How far times are offered; 0 sets no end."
              units={["days", "weeks", "hours"]}
              value={field.value}
              onChange={(minutes) => field.onChange(minutes ?? Number.NaN)}
              error={errors.max_scheduling_horizon?.message}
            />
          )}
        />
      </div>
      <div className="pair">
        <TextField
          label="First day"
          type="date"
          optional
          error={errors.date_range?.start?.message}
          {...form.register("date_range.start")}
        />
        <TextField
          label="Last day"
          type="date"
          optional
          error={errors.date_range?.end?.message ?? errors.date_range?.message}
          {...form.register("date_range.end")}
        />
      </div>
      <div className="pair">
        <Controller
          control={form.control}
          name="buffer_time_before"
          render={({ field }) => (
            <NumberField
              label="Minutes free before"
              min={0}
              max={120}
              value={field.value}
              onChange={(minutes) => field.onChange(minutes ?? 0)}
              error={errors.buffer_time_before?.message}
            />
          )}
        />
        <Controller
          control={form.control}
          name="buffer_time_after"
          render={({ field }) => (
            <NumberField
              label="Minutes free after"
              min={0}
              max={120}
              value={field.value}
              onChange={(minutes) => field.onChange(minutes ?? 0)}
              error={errors.buffer_time_after?.message}
            />
          )}
        />
      </div>
      <div className="pair">
        <SelectField
          label="Start times"
          error={errors.slot_alignment?.message}
          options={ALIGNMENTS}
          {...form.register("slot_alignment")}
        />
        <Controller
          control={form.control}
          name="slot_interval_minutes"
          render={({ field }) => (
            <NumberField
              label="Minutes between starts"
              optional
              min={0}
              max={60}
              help="Left empty: one after the other."
              value={field.value || null}
              onChange={(minutes) => field.onChange(minutes ?? 0)}
              error={errors.slot_interval_minutes?.message}
            />
          )}
        />
      </div>
    </Section>
  );
}

function defaultLabel(name: string | undefined): string {
  return name ? `Your default (${name})` : "Your default hours";
}

import { type UseFormReturn, useWatch } from "react-hook-form";
import { type Choice, ChoiceList } from "../../../components/choice-list";
import { SelectField, TextField } from "../../../components/inputs";
import { MinutesInput, NumberInput } from "./number-input";
import { Section } from "./section";
import { type EventTypeValues, HORIZON_OF_NEW, type WindowMode } from "./values";

const MODES: readonly Choice<WindowMode>[] = [
  { value: "open", label: "No end", help: "Times are offered as far ahead as anyone looks." },
  { value: "horizon", label: "Some time ahead", help: "Up to so many days or weeks from now." },
  { value: "rolling", label: "The coming days", help: "A number of days that moves on every day." },
  { value: "dates", label: "Between two dates", help: "Only from one day to another." },
];

const ROLLING_KINDS = [
  { value: "calendar", label: "days, weekends too" },
  { value: "business", label: "weekdays, Mon to Fri" },
  { value: "available", label: "days that have free times" },
];

const ROLLING_HELP: Record<EventTypeValues["rolling_days_kind"], string> = {
  calendar: "Today, and this many days after it.",
  business: "Today, and this many weekdays after it; weekends between them can be booked too.",
  available: "As many days as still have something free; full and closed days are passed over.",
};

/** How late and how early somebody may book. */
export function WindowSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const [mode, rollingKind] = useWatch({
    control: form.control,
    name: ["window", "rolling_days_kind"],
  });
  const settle = (next: WindowMode) => {
    const horizon = form.getValues("max_scheduling_horizon");
    if (next === "horizon" && horizon === null) setHorizon(HORIZON_OF_NEW);
    // What was the window's end would be a further end beside the new one: not meant.
    if (mode === "horizon" && next !== "horizon") setHorizon(null);
  };
  const setHorizon = (minutes: number | null) =>
    form.setValue("max_scheduling_horizon", minutes, { shouldDirty: true });
  return (
    <Section id="window" lead="How late, and how far ahead, it can be booked.">
      <MinutesInput
        form={form}
        name="min_scheduling_notice"
        label="Minimum notice"
        help="The latest that someone may book."
        units={["minutes", "hours", "days"]}
      />
      <ChoiceList
        label="How far ahead"
        choices={MODES}
        error={errors.window?.message}
        {...form.register("window", { onChange: (event) => settle(event.target.value) })}
      />
      {mode === "rolling" && (
        <div className="et-rolling">
          <NumberInput
            form={form}
            name="rolling_days"
            label="How many"
            min={1}
            max={365}
            empty={null}
          />
          <SelectField
            label="Counted in"
            options={ROLLING_KINDS}
            help={ROLLING_HELP[rollingKind]}
            error={errors.rolling_days_kind?.message}
            {...form.register("rolling_days_kind")}
          />
        </div>
      )}
      {mode === "dates" && (
        <div className="pair">
          <TextField
            label="First day"
            type="date"
            optional
            help="In the zone of the hours it uses."
            error={errors.date_range?.start?.message}
            {...form.register("date_range.start")}
          />
          <TextField
            label="Last day"
            type="date"
            optional
            help="Can still be booked."
            error={errors.date_range?.end?.message ?? errors.date_range?.message}
            {...form.register("date_range.end")}
          />
        </div>
      )}
      {mode !== "open" && (
        <MinutesInput
          // A unit of its own for each meaning: 60 days as the end, nothing beside another end.
          key={mode === "horizon" ? "end" : "further"}
          form={form}
          name="max_scheduling_horizon"
          label={mode === "horizon" ? "Bookable ahead" : "And at most this far ahead"}
          optional={mode !== "horizon"}
          help={
            mode === "horizon"
              ? "The earliest that someone may book."
              : "Left empty: only the choice above counts."
          }
          units={["days", "weeks", "hours"]}
          empty={null}
        />
      )}
    </Section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { Link } from "react-router";
import { schedulesQuery } from "../../../api/schedules";
import { SelectField } from "../../../components/inputs";
import { NumberInput } from "./number-input";
import { Section } from "./section";
import { type EventTypeValues, isTeam } from "./values";

const ALIGNMENTS = [
  { value: "opening", label: "From the start of your hours" },
  { value: "clock", label: "On the clock: 09:00, 09:30, …" },
  { value: "packed", label: "Right after other bookings" },
];

/** Which hours count, and where in them a meeting may start. */
export function SchedulingSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const kind = useWatch({ control: form.control, name: "kind" });
  return (
    <Section id="scheduling" lead="At what times it can take place.">
      <SelectField
        label="Hours"
        help={
          <>
            {isTeam(kind) && "Yours; every other host's own hours count as well. "}
            <Link className="link" to="/availability">
              Change your hours
            </Link>
          </>
        }
        error={errors.schedule?.message}
        options={[
          { value: "", label: defaultLabel(schedules.find((each) => each.is_default)?.name) },
          ...schedules.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.register("schedule")}
      />
      <div className="pair">
        <SelectField
          label="Start times"
          help="Where the row of start times begins."
          error={errors.slot_alignment?.message}
          options={ALIGNMENTS}
          {...form.register("slot_alignment")}
        />
        <NumberInput
          form={form}
          name="slot_interval_minutes"
          label="Minutes between starts"
          optional
          min={0}
          max={60}
          empty={0}
          help="Left empty: as in your settings, else one after the other."
        />
      </div>
      <div className="pair">
        <NumberInput
          form={form}
          name="buffer_time_before"
          label="Minutes free before"
          min={0}
          max={120}
          help="Kept free before each meeting, for example to prepare."
        />
        <NumberInput
          form={form}
          name="buffer_time_after"
          label="Minutes free after"
          min={0}
          max={120}
          help="Kept free after each meeting."
        />
      </div>
    </Section>
  );
}

function defaultLabel(name: string | undefined): string {
  return name ? `Your default (${name})` : "Your default hours";
}

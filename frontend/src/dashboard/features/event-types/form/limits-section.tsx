import type { UseFormReturn } from "react-hook-form";
import { LimitsEditor } from "../../../components/limits-editor";
import { NumberInput } from "./number-input";
import { Section } from "./section";
import type { EventTypeValues } from "./values";

/** When enough is booked. */
export function LimitsSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  return (
    <Section
      id="limits"
      lead="Stop offering times once you have had enough. Days and weeks are those of the hours it uses; weeks start on Monday."
    >
      <NumberInput
        form={form}
        name="max_bookings_per_day"
        label="At most a day"
        optional
        min={1}
        empty={null}
        help="Bookings of this event type on one day."
      />
      <LimitsEditor form={form} name="limits" />
    </Section>
  );
}

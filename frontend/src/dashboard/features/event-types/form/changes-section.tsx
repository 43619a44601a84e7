import type { UseFormReturn } from "react-hook-form";
import { MinutesInput, NumberInput } from "./number-input";
import { Section } from "./section";
import type { EventTypeValues } from "./values";

/** Until when and how often invitees may change their minds; the organizer always may. */
export function ChangesSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  return (
    <Section
      id="changes"
      lead="What invitees may do by themselves. You can always move and cancel."
    >
      <MinutesInput
        form={form}
        name="change_cutoff_minutes"
        label="No changes in the last"
        help="0: they may move and cancel until the start."
        units={["hours", "minutes", "days"]}
      />
      <NumberInput
        form={form}
        name="max_reschedules"
        label="Moves per booking"
        optional
        min={0}
        max={100}
        empty={null}
        help="How often somebody may move their booking. Left empty: as often as they like."
      />
    </Section>
  );
}

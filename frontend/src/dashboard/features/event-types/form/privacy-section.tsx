import { type UseFormReturn, useWatch } from "react-hook-form";
import { Option } from "../../../components/option";
import { NumberInput } from "./number-input";
import { Section } from "./section";
import { type EventTypeValues, hasSeats } from "./values";

/** Who sees whom, and how long personal data is kept. */
export function PrivacySection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const [kind, max_attendees] = useWatch({
    control: form.control,
    name: ["kind", "max_attendees"],
  });
  return (
    <Section id="privacy" lead="What others see, and what is kept afterwards.">
      {hasSeats({ kind, max_attendees }) && (
        <Option
          label="Attendees see each other"
          help="Their names, never their addresses. Off: each of them sees only that others come."
          error={errors.shows_attendees?.message}
          {...form.register("shows_attendees")}
        />
      )}
      <NumberInput
        form={form}
        name="retention_days"
        label="Days to keep personal data"
        optional
        min={1}
        max={3650}
        empty={null}
        help="Counted from the end. Then names, addresses and answers are erased; the bookings stay as numbers. Left empty: they are kept."
      />
    </Section>
  );
}

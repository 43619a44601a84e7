import { type UseFormReturn, useWatch } from "react-hook-form";
import { type Choice, ChoiceList } from "../../../components/choice-list";
import { Option } from "../../../components/option";
import { MinutesInput } from "./number-input";
import { Section } from "./section";
import { bookedAtOnce, type EventTypeValues } from "./values";

const WHEN: readonly Choice<EventTypeValues["confirmation"]>[] = [
  { value: "always", label: "Every booking", help: "Nothing is agreed before you say yes." },
  {
    value: "near",
    label: "Only when it is near",
    help: "What is booked further ahead is confirmed at once.",
  },
];

const EXCLUDED = {
  group: "Not with several seats: a seat of a group is taken at once.",
  series: "Not with a series: all of its dates are booked at once.",
} as const;

/** A day's notice, to begin with. */
const NEAR = 1440;

/** Whether a booking is asked for first, and what happens while it waits for an answer. */
export function RequestsSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const [on, when, kind, max_attendees, recurrence_type] = useWatch({
    control: form.control,
    name: ["requires_confirmation", "confirmation", "kind", "max_attendees", "recurrence_type"],
  });
  const excluded = bookedAtOnce({ kind, max_attendees, recurrence_type });
  const settle = (next: string) => {
    if (next === "near" && form.getValues("confirmation_within_minutes") === null) {
      form.setValue("confirmation_within_minutes", NEAR, { shouldDirty: true });
    }
  };
  return (
    <Section id="requests" lead="Say yes to each booking yourself, or let them stand at once.">
      <Option
        label="I confirm bookings"
        help={excluded ? EXCLUDED[excluded] : "Who books asks; you confirm or reject."}
        error={
          errors.requires_confirmation && (excluded ? EXCLUDED[excluded] : undefined)
            ? `${EXCLUDED[excluded ?? "group"]} Switch this off, or change that.`
            : errors.requires_confirmation?.message
        }
        // Can always be switched off; on only where it goes together.
        disabled={excluded !== null && !on}
        {...form.register("requires_confirmation")}
      />
      {on && (
        <>
          <ChoiceList
            label="Which ones"
            choices={WHEN}
            error={errors.confirmation?.message}
            {...form.register("confirmation", { onChange: (event) => settle(event.target.value) })}
          />
          {when === "near" && (
            <MinutesInput
              form={form}
              name="confirmation_within_minutes"
              label="Nearer than"
              help="Counted from the moment of booking to the start."
              units={["hours", "days", "minutes"]}
              empty={null}
            />
          )}
          <Option
            label="A request holds its time"
            help="On: nobody else can book it meanwhile. Off: whoever is confirmed first gets it, and the others are asked to choose another time."
            error={errors.pending_holds_slot?.message}
            {...form.register("pending_holds_slot")}
          />
          <MinutesInput
            form={form}
            name="request_expires_minutes"
            label="Time to answer"
            help="Then the request expires, at the latest at its start, and whoever asked is told."
            units={["hours", "days", "minutes"]}
          />
        </>
      )}
    </Section>
  );
}

import { type UseFormReturn, useWatch } from "react-hook-form";
import { Link } from "react-router";
import { Option } from "../../../components/option";
import { MinutesInput } from "./number-input";
import { Section } from "./section";
import type { EventTypeValues } from "./values";

/** Who waits for a time that is taken, and who would rather come earlier. */
export function WaitingSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const [waitlist, sooner] = useWatch({
    control: form.control,
    name: ["enable_waitlist", "offers_sooner"],
  });
  return (
    <Section id="waiting" lead="A cancelled time finds its next taker by itself.">
      <Option
        label="Waitlist"
        help="A time that is full can be waited for. When it frees, the first in line is offered it."
        error={errors.enable_waitlist?.message}
        {...form.register("enable_waitlist")}
      />
      <Option
        label="Sooner, please"
        help="Who has booked may ask for an earlier time. When one frees, they are offered a swap."
        error={errors.offers_sooner?.message}
        {...form.register("offers_sooner")}
      />
      {(waitlist || sooner) && (
        <MinutesInput
          form={form}
          name="waitlist_offer_minutes"
          label="An offer stands for"
          help="The time is held for them as long; then it is offered to the next in line."
          units={["minutes", "hours", "days"]}
        />
      )}
      {waitlist && (
        <p className="muted">
          <Link className="link" to="/waitlist">
            See who waits
          </Link>
        </p>
      )}
    </Section>
  );
}

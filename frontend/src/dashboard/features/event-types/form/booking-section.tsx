import type { UseFormReturn } from "react-hook-form";
import { TextField } from "../../../components/inputs";
import { Option } from "../../../components/option";
import { Section } from "./section";
import type { EventTypeValues } from "./values";

export function BookingSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  return (
    <Section id="booking" lead="Who finds it, and what happens when someone books.">
      <Option
        label="Bookable"
        help="Off: its page does not exist for visitors, and its bookings stay."
        error={errors.is_active?.message}
        {...form.register("is_active")}
      />
      <Option
        label="Private"
        help="Not on your page; only people who have the link can book it."
        error={errors.is_private?.message}
        {...form.register("is_private")}
      />
      <TextField
        label="Send invitees on to"
        type="url"
        optional
        placeholder="https://example.com/thanks"
        help="A page of yours to open after booking."
        error={errors.redirect_url_after_booking?.message}
        {...form.register("redirect_url_after_booking")}
      />
    </Section>
  );
}

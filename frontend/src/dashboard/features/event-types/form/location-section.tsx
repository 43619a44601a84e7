import { type UseFormReturn, useWatch } from "react-hook-form";
import type { LocationType } from "../../../api/event-types";
import { SelectField, TextArea } from "../../../components/inputs";
import { PLACES } from "../words";
import { Section } from "./section";
import { type EventTypeValues, needsDetails } from "./values";

const DETAILS: Record<LocationType, { label: string; help: string }> = {
  video_call: {
    label: "Meeting link",
    help: "A link of your own, such as your permanent room. Invitees get it when they book.",
  },
  phone_call: { label: "Number", help: "Who calls whom, and on which number." },
  in_person: { label: "Place", help: "Street and house, and how to find the door." },
  custom: { label: "Where", help: "Invitees see exactly this." },
};

export function LocationSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const type = useWatch({ control: form.control, name: "location_type" });
  return (
    <Section id="location" lead="Where you meet.">
      <SelectField
        label="Kind of place"
        options={Object.entries(PLACES).map(([value, { label }]) => ({ value, label }))}
        error={errors.location_type?.message}
        {...form.register("location_type")}
      />
      <TextArea
        label={DETAILS[type].label}
        help={DETAILS[type].help}
        optional={!needsDetails(type)}
        rows={2}
        error={errors.location_details?.message}
        {...form.register("location_details")}
      />
    </Section>
  );
}

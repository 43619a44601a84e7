import { type UseFormReturn, useWatch } from "react-hook-form";
import { TextArea, TextField } from "../../../components/inputs";
import { slugify } from "../../../lib/slug";
import { DurationFields } from "./duration-fields";
import { HueField } from "./hue-field";
import { Section } from "./section";
import type { EventTypeValues } from "./values";

export function BasicsSection({
  form,
  organizerSlug,
}: {
  form: UseFormReturn<EventTypeValues>;
  organizerSlug: string;
}) {
  const { errors } = form.formState;
  const name = useWatch({ control: form.control, name: "name" });
  return (
    <Section id="basics" lead="What invitees see first.">
      <TextField
        label="Name"
        placeholder="Intro call"
        error={errors.name?.message}
        {...form.register("name")}
      />
      <TextField
        label="Address"
        optional
        prefix={`/${organizerSlug}/`}
        placeholder={slugify(name) || "intro-call"}
        autoCapitalize="none"
        spellCheck={false}
        help="Left empty, it is made from the name."
        error={errors.event_type_slug?.message}
        {...form.register("event_type_slug")}
      />
      <TextArea
        label="Description"
        optional
        help="A sentence or two: what it is about, and what to bring."
        error={errors.description?.message}
        {...form.register("description")}
      />
      <DurationFields form={form} />
      <HueField form={form} />
    </Section>
  );
}

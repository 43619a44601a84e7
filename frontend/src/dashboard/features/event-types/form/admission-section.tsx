import { type UseFormReturn, useController } from "react-hook-form";
import { Option } from "../../../components/option";
import { TagField } from "../../../components/tag-field";
import { domainOf } from "./domains";
import { NumberInput } from "./number-input";
import { Section } from "./section";
import type { EventTypeValues } from "./values";

/** Whose bookings are taken, and how many of one person. */
export function AdmissionSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  return (
    <Section id="admission" lead="Everybody, unless you say otherwise.">
      <DomainsInput
        form={form}
        name="allowed_email_domains"
        label="Only e-mail addresses at"
        help="Subdomains count as well. Left empty: any address."
      />
      <DomainsInput
        form={form}
        name="denied_email_domains"
        label="No e-mail addresses at"
        help="Wins over the list above."
      />
      <Option
        label="Check the e-mail address"
        help="A code is sent to it, and asked for before the booking counts."
        error={errors.requires_email_code?.message}
        {...form.register("requires_email_code")}
      />
      <NumberInput
        form={form}
        name="max_upcoming_per_invitee"
        label="Bookings ahead per person"
        optional
        min={1}
        max={1000}
        empty={null}
        help="How many an e-mail address may have ahead at once. Left empty: as many as they like."
      />
    </Section>
  );
}

function DomainsInput({
  form,
  name,
  label,
  help,
}: {
  form: UseFormReturn<EventTypeValues>;
  name: "allowed_email_domains" | "denied_email_domains";
  label: string;
  help: string;
}) {
  const { field, fieldState } = useController({ control: form.control, name });
  const faults = form.formState.errors[name];
  // A complaint may be about one entry of the list: the field names it.
  const entries: unknown = faults;
  const message =
    fieldState.error?.message ??
    (Array.isArray(entries) ? faultOf(entries, field.value) : undefined);
  return (
    <TagField
      label={label}
      values={field.value}
      help={help}
      error={message}
      placeholder="example.com"
      normalize={domainOf}
      ref={field.ref}
      onChange={(domains) => {
        form.clearErrors(name);
        field.onChange(domains);
      }}
    />
  );
}

function faultOf(faults: readonly ({ message?: string } | undefined)[], values: readonly string[]) {
  const at = faults.findIndex((fault) => fault?.message);
  return at < 0 ? undefined : `${values[at]}: ${faults[at]?.message}`;
}

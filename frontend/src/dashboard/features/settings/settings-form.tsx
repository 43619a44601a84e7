import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import { readInit } from "../../api/init";
import { type Profile, useUpdateProfile } from "../../api/me";
import { sendVerification } from "../../api/session";
import { SelectField, TextArea, TextField } from "../../components/inputs";
import { LeaveDialog } from "../../components/leave-dialog";
import { LimitsEditor } from "../../components/limits-editor";
import { NumberField } from "../../components/number-field";
import { SaveBar } from "../../components/save-bar";
import { showServerErrors } from "../../components/server-errors";
import { showToast } from "../../components/toast";
import { ZoneField } from "../../components/zone-field";
import { LOCALES } from "../../lib/locale";
import { plainAddress } from "../../lib/words";
import { AccentField } from "./accent-field";
import { type SettingsValues, settingsSchema } from "./schema";

const WEEK_STARTS = [
  { value: 1, label: "Monday" },
  { value: 6, label: "Saturday" },
  { value: 7, label: "Sunday" },
];

function toValues(profile: Profile): SettingsValues {
  const fields = Object.keys(settingsSchema.shape) as (keyof SettingsValues)[];
  return Object.fromEntries(fields.map((field) => [field, profile[field]])) as SettingsValues;
}

export function SettingsForm({ profile }: { profile: Profile }) {
  const update = useUpdateProfile();
  const form = useForm<SettingsValues>({
    resolver: zodResolver(settingsSchema),
    defaultValues: toValues(profile),
  });
  const { errors, isDirty, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      form.reset(toValues(await update.mutateAsync(values)));
      showToast({ text: "Your settings are saved." });
    } catch (error) {
      showServerErrors(form, error);
    }
  });
  return (
    <form className="settings" onSubmit={submit} noValidate>
      <section className="form" aria-labelledby="you-title">
        <h2 id="you-title">You</h2>
        <TextField
          label="Name"
          autoComplete="name"
          error={errors.name?.message}
          {...form.register("name")}
        />
        <TextField
          label="Address"
          prefix={`${plainAddress(readInit().base_url)}/`}
          autoCapitalize="none"
          spellCheck={false}
          help="Links you shared under the old address stop working."
          error={errors.slug?.message}
          {...form.register("slug")}
        />
        <TextField
          label="E-mail"
          value={profile.email}
          readOnly
          disabled
          help={
            profile.email_verified ? "You sign in with it." : <Unverified email={profile.email} />
          }
        />
      </section>
      <section className="form" aria-labelledby="page-title">
        <h2 id="page-title">Your page</h2>
        <TextArea
          label="About you"
          optional
          help="Invitees read it above your event types."
          error={errors.bio?.message}
          {...form.register("bio")}
        />
        <TextField
          label="Contact"
          optional
          help="A number or an address for questions, shown on your page."
          error={errors.contact?.message}
          {...form.register("contact")}
        />
        <Controller
          control={form.control}
          name="accent_color"
          render={({ field }) => (
            <AccentField
              value={field.value}
              error={errors.accent_color?.message}
              onChange={field.onChange}
            />
          )}
        />
      </section>
      <section className="form" aria-labelledby="time-title">
        <h2 id="time-title">Time and language</h2>
        <Controller
          control={form.control}
          name="timezone"
          render={({ field }) => (
            <ZoneField
              label="Zone"
              value={field.value}
              error={errors.timezone?.message}
              help="Your bookings are shown in it. Schedules keep zones of their own."
              onChange={field.onChange}
            />
          )}
        />
        <div className="pair">
          <SelectField
            label="Language"
            options={withCurrent(profile.locale)}
            help="Of mails to you and of your page."
            error={errors.locale?.message}
            {...form.register("locale")}
          />
          <SelectField
            label="Week starts on"
            options={WEEK_STARTS}
            error={errors.week_start?.message}
            {...form.register("week_start", { valueAsNumber: true })}
          />
        </div>
        <Controller
          control={form.control}
          name="default_slot_interval"
          render={({ field }) => (
            <NumberField
              label="Minutes between start times"
              optional
              min={0}
              max={1440}
              help="Left empty: as long as the event type takes."
              value={field.value || null}
              onChange={(minutes) => field.onChange(minutes ?? 0)}
              error={errors.default_slot_interval?.message}
            />
          )}
        />
      </section>
      <section className="form" id="limits" aria-labelledby="limits-title">
        <h2 id="limits-title">Limits</h2>
        <p className="muted">
          Over all your event types together. When one is reached, none of them offers times in that
          period.
        </p>
        <LimitsEditor form={form} name="booking_limits" />
      </section>
      <SaveBar
        dirty={isDirty}
        busy={isSubmitting}
        error={errors.root?.message}
        onDiscard={() => form.reset()}
      />
      <LeaveDialog dirty={isDirty && !isSubmitting} />
    </form>
  );
}

function Unverified({ email }: { email: string }) {
  const send = useMutation({
    mutationFn: () => sendVerification(email),
    onSuccess: () => showToast({ text: `We sent a link to ${email}.` }),
    onError: () => showToast({ text: "A link is on its way already. Look into your inbox." }),
  });
  return (
    <>
      Not confirmed yet.{" "}
      <button type="button" className="link-button" onClick={() => send.mutate()}>
        Send the link again
      </button>
    </>
  );
}

function withCurrent(locale: string): readonly { value: string; label: string }[] {
  const known = LOCALES.some(({ value }) => value === locale);
  return known ? LOCALES : [...LOCALES, { value: locale, label: locale }];
}

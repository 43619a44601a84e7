import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldErrors } from "react-hook-form";
import { useForm } from "react-hook-form";
import { LeaveDialog } from "../../../components/leave-dialog";
import { SaveBar } from "../../../components/save-bar";
import { showServerErrors } from "../../../components/server-errors";
import { QuestionsSection } from "../questions/questions-section";
import { AdmissionSection } from "./admission-section";
import { BasicsSection } from "./basics-section";
import { BookingSection } from "./booking-section";
import { ChangesSection } from "./changes-section";
import "./form.css";
import { HostsSection } from "./hosts-section";
import { LimitsSection } from "./limits-section";
import { LocationSection } from "./location-section";
import { PreviewCard } from "./preview-card";
import { PrivacySection } from "./privacy-section";
import { RecurrenceSection } from "./recurrence-section";
import { RequestsSection } from "./requests-section";
import { SchedulingSection } from "./scheduling-section";
import { SECTION_OF, type SectionId } from "./section";
import { SideIndex } from "./side-index";
import { type EventTypeValues, eventTypeSchema } from "./values";
import { WaitingSection } from "./waiting-section";
import { WindowSection } from "./window-section";

function faultySections(errors: FieldErrors<EventTypeValues>): Set<SectionId> {
  const fields = Object.keys(errors).filter((field) => field !== "root");
  return new Set(fields.map((field) => SECTION_OF[field as keyof EventTypeValues]));
}

/** One form for new and existing event types; `save` rejects with what the server refused. */
export function EventTypeForm({
  values,
  organizerSlug,
  isNew,
  save,
}: {
  values: EventTypeValues;
  organizerSlug: string;
  isNew: boolean;
  save: (values: EventTypeValues) => Promise<EventTypeValues>;
}) {
  const form = useForm<EventTypeValues>({
    resolver: zodResolver(eventTypeSchema),
    defaultValues: values,
  });
  const { errors, isDirty, isSubmitting, isSubmitSuccessful, submitCount } = form.formState;
  const faulty = faultySections(errors);

  const submit = form.handleSubmit(async (filled) => {
    try {
      form.reset(await save(filled));
    } catch (error) {
      showServerErrors(form, error);
    }
  });

  const summary =
    faulty.size > 0 && submitCount > 0
      ? (errors.root?.message ?? "Some answers need a second look.")
      : errors.root?.message;
  return (
    <form className="et-form" onSubmit={submit} noValidate>
      <SideIndex faulty={faulty} />
      <div className="et-sections">
        <BasicsSection form={form} organizerSlug={organizerSlug} />
        <HostsSection form={form} />
        <SchedulingSection form={form} />
        <WindowSection form={form} />
        <LimitsSection form={form} />
        <LocationSection form={form} />
        <QuestionsSection form={form} />
        <RecurrenceSection form={form} />
        <RequestsSection form={form} />
        <WaitingSection form={form} />
        <AdmissionSection form={form} />
        <ChangesSection form={form} />
        <PrivacySection form={form} />
        <BookingSection form={form} />
        <SaveBar
          dirty={isNew || isDirty}
          busy={isSubmitting}
          error={summary}
          label={isNew ? "Create event type" : "Save changes"}
          {...(isNew ? {} : { onDiscard: () => form.reset() })}
        />
      </div>
      <PreviewCard control={form.control} />
      <LeaveDialog dirty={isDirty && !isSubmitting && !isSubmitSuccessful} />
    </form>
  );
}

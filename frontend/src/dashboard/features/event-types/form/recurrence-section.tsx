import { type UseFormReturn, useWatch } from "react-hook-form";
import { SelectField, TextField } from "../../../components/inputs";
import { ruleWords } from "../../../lib/rule-words";
import { NumberInput } from "./number-input";
import { Section } from "./section";
import { type EventTypeValues, hasSeats } from "./values";

const TYPES: readonly { value: EventTypeValues["recurrence_type"]; label: string }[] = [
  { value: "none", label: "No, one meeting" },
  { value: "daily", label: "Daily" },
  { value: "weekly", label: "Weekly" },
  { value: "monthly", label: "Monthly" },
  { value: "rule", label: "By a rule of your own" },
];

/** Whether one booking is a series, how it repeats and when it ends. */
export function RecurrenceSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { errors } = form.formState;
  const [type, rule, kind, max_attendees] = useWatch({
    control: form.control,
    name: ["recurrence_type", "recurrence_rule", "kind", "max_attendees"],
  });
  const isGroup = hasSeats({ kind, max_attendees });
  return (
    <Section
      id="recurrence"
      lead="One booking, many dates: invitees see every date, and book all or some of them."
    >
      <SelectField
        label="Repeats"
        options={TYPES}
        help={
          isGroup
            ? "Not with several seats: a seat of a group is booked for one time."
            : type === "none"
              ? ""
              : "The date an invitee chooses is the first one; each is at the same time of day."
        }
        error={errors.recurrence_type?.message}
        {...form.register("recurrence_type")}
      />
      {type === "rule" && (
        <TextField
          label="Rule"
          placeholder="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
          autoCapitalize="characters"
          spellCheck={false}
          help={ruleWords(rule) || "An RRULE (RFC 5545)."}
          error={errors.recurrence_rule?.message}
          {...form.register("recurrence_rule")}
        />
      )}
      {type !== "none" && (
        <div className="pair">
          <NumberInput
            form={form}
            name="max_occurrences"
            label="At most this many"
            min={1}
            max={365}
            empty={null}
            help="A series needs an end: a number, a day, or both."
          />
          <TextField
            label="Last possible day"
            type="date"
            error={errors.recurrence_end_date?.message}
            {...form.register("recurrence_end_date")}
          />
        </div>
      )}
    </Section>
  );
}

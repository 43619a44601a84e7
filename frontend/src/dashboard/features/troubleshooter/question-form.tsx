import type { EventType } from "../../api/event-types";
import { SelectField, TextField } from "../../components/inputs";
import { formatDuration } from "../../lib/minutes";
import { zoneCity } from "../../lib/zones";
import { durationsOf, type Question } from "./question";

/** Date and time as clocks of the organizer's zone show them; every change asks at once. */
export function QuestionForm({
  eventType,
  zone,
  question,
  onAsk,
}: {
  eventType: EventType;
  zone: string;
  question: Question;
  onAsk: (change: Partial<Question>) => void;
}) {
  const durations = durationsOf(eventType);
  return (
    <form className="ts-form" onSubmit={(event) => event.preventDefault()}>
      <TextField
        label="Date"
        type="date"
        value={question.day}
        onChange={(event) => onAsk({ day: event.target.value })}
      />
      <TextField
        label="Start time"
        type="time"
        help={`In ${zoneCity(zone)}`}
        value={question.time}
        onChange={(event) => onAsk({ time: event.target.value.slice(0, 5) })}
      />
      {durations.length > 1 && (
        <SelectField
          label="Duration"
          options={durations.map((minutes) => ({ value: minutes, label: formatDuration(minutes) }))}
          value={question.duration}
          onChange={(event) => onAsk({ duration: Number(event.target.value) })}
        />
      )}
    </form>
  );
}

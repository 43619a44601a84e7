import { dayInZone } from "../../../../shared/dates/days";
import { Field } from "../../../components/field";
import { TextField } from "../../../components/inputs";
import { formatTime, toApiInstant } from "../../../lib/instants";
import { zoneCity } from "../../../lib/zones";
import { LAST_DATE, sayDays } from "../spans";
import { TimeSelect } from "../time-select";
import { type Draft, findProblems, type Place, spanOf, withFirst } from "./draft";
import { clockKind, endInstant, startInstant } from "./wall-instants";
import { sayLength } from "./words";

interface SpanProps {
  draft: Draft;
  timezone: string;
  faults: Partial<Record<Place, string>>;
  onChange: (changes: Partial<Draft>) => void;
}

export function DayFields({ draft, timezone, faults, onChange }: SpanProps) {
  const { first, last } = draft;
  const isComplete = first !== "" && last !== "" && first <= last;
  return (
    <div>
      <div className="av-span">
        <TextField
          label="First day"
          type="date"
          max={LAST_DATE}
          value={first}
          error={faults.first}
          onChange={(event) => onChange(withFirst(draft, event.target.value))}
        />
        <TextField
          label="Last day"
          type="date"
          min={first}
          max={LAST_DATE}
          value={last}
          error={faults.last}
          onChange={(event) => onChange({ last: event.target.value })}
        />
      </div>
      {isComplete && !faults.first && !faults.last && (
        <p className="hint av-effect">
          {sayDays(first, last, dayInZone(Date.now(), timezone))} nothing can be booked.
        </p>
      )}
    </div>
  );
}

export function HourFields({ draft, timezone, faults, onChange }: SpanProps) {
  const isComplete = Object.keys(findProblems(draft, timezone)).length === 0;
  const [from, to] = isComplete ? spanOf(draft, timezone) : [0, 0];
  return (
    <>
      <Field
        label="Starts"
        error={faults.first}
        help={
          clockNote(draft.first, draft.start, timezone, "start") ||
          `${zoneCity(timezone)} time, your own zone.`
        }
      >
        {(control) => (
          <div className="av-moment">
            <input
              className="input"
              type="date"
              max={LAST_DATE}
              {...control}
              value={draft.first}
              onChange={(event) => onChange(withFirst(draft, event.target.value))}
            />
            <TimeSelect
              label="Start time"
              kind="start"
              value={draft.start}
              onChange={(start) => onChange({ start })}
            />
          </div>
        )}
      </Field>
      <Field
        label="Ends"
        error={faults.last}
        help={
          clockNote(draft.last, draft.end, timezone, "end") ||
          (isComplete && `${sayLength(to - from)} in which nothing can be booked.`)
        }
      >
        {(control) => (
          <div className="av-moment">
            <input
              className="input"
              type="date"
              min={draft.first}
              max={LAST_DATE}
              {...control}
              value={draft.last}
              onChange={(event) => onChange({ last: event.target.value })}
            />
            <TimeSelect
              label="End time"
              kind="end"
              value={draft.end}
              onChange={(end) => onChange({ end })}
            />
          </div>
        )}
      </Field>
    </>
  );
}

/** What the clock makes of a time on the night it is changed; empty on all other days. */
function clockNote(day: string, time: string, zone: string, side: "start" | "end"): string {
  if (day === "") return "";
  const kind = clockKind(day, time, zone);
  if (kind === "twice") {
    return `The clock shows ${time} twice then; the ${side === "start" ? "first" : "second"} counts.`;
  }
  if (kind === "once") return "";
  const instant = side === "start" ? startInstant(day, time, zone) : endInstant(day, time, zone);
  const shown = formatTime(toApiInstant(instant), zone);
  return `The clock skips ${time} then; ${shown} counts.`;
}

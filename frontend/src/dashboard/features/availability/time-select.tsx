import { timeChoices } from "../../lib/wall-time";

/** Quarter hours; a native select, so that phones show their own wheel. */
export function TimeSelect({
  label,
  kind,
  value,
  onChange,
}: {
  label: string;
  kind: "start" | "end";
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <select
      className="input t time"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {timeChoices(value, kind).map((time) => (
        <option key={time} value={time}>
          {time}
        </option>
      ))}
    </select>
  );
}

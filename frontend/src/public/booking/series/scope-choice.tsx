import type { ScopeOption } from "../../init";

interface ScopeChoiceProps {
  legend: string;
  options: readonly ScopeOption[];
  scope: string;
  onScope(scope: string): void;
}

/** How much of a series a move is for; the server says the options in words. */
export function ScopeChoice({ legend, options, scope, onScope }: ScopeChoiceProps) {
  if (options.length === 0) return null;
  return (
    <fieldset className="dates">
      <legend>{legend}</legend>
      {options.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name="scope"
            checked={value === scope}
            onChange={() => onScope(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

import { X } from "lucide-react";
import { type KeyboardEvent, type Ref, useId, useState } from "react";
import { Hint } from "./field";
import { Icon } from "./icon";
import "./tag-field.css";

/** What separates entries: they may be typed one by one or pasted as a list. */
const SEPARATORS = /[\s,;]+/;

/**
 * A list of short texts: Enter, a comma or leaving the field adds what is typed, Backspace in an
 * empty field takes the last one back. `normalize` brings an entry into its stored form.
 */
export function TagField({
  label,
  values,
  help,
  error,
  placeholder,
  normalize = (text) => text,
  ref,
  onChange,
}: {
  label: string;
  values: readonly string[];
  help?: string;
  error?: string | undefined;
  placeholder?: string;
  normalize?: (text: string) => string;
  ref?: Ref<HTMLInputElement>;
  onChange: (values: string[]) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [said, setSaid] = useState("");

  const add = (text: string) => {
    setTyped("");
    const entries = text.split(SEPARATORS).map(normalize).filter(Boolean);
    const fresh = [...new Set(entries)].filter((entry) => !values.includes(entry));
    if (fresh.length === 0) return;
    onChange([...values, ...fresh]);
    setSaid(`${fresh.join(", ")} added.`);
  };
  const remove = (entry: string) => {
    onChange(values.filter((value) => value !== entry));
    setSaid(`${entry} removed.`);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if ((event.key === "Enter" || event.key === ",") && typed.trim()) {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "" && values.length > 0) {
      remove(values.at(-1) ?? "");
    }
  };
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label} <span>optional</span>
      </label>
      <div className="tags" data-invalid={error ? "" : undefined}>
        {values.length > 0 && (
          <ul aria-label={label}>
            {values.map((entry) => (
              <li key={entry}>
                <bdi>{entry}</bdi>
                <button
                  type="button"
                  aria-label={`Remove ${entry}`}
                  onClick={() => {
                    remove(entry);
                    document.getElementById(id)?.focus();
                  }}
                >
                  <Icon of={X} size={12} />
                </button>
              </li>
            ))}
          </ul>
        )}
        <input
          ref={ref}
          id={id}
          type="text"
          value={typed}
          placeholder={values.length === 0 ? placeholder : undefined}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          aria-invalid={error ? true : undefined}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKey}
          onBlur={() => add(typed)}
          onPaste={(event) => {
            const text = event.clipboardData.getData("text");
            if (!SEPARATORS.test(text.trim())) return;
            event.preventDefault();
            add(`${typed} ${text}`);
          }}
        />
      </div>
      <Hint id={`${id}-hint`} error={error}>
        {help}
      </Hint>
      <span className="sr" role="status">
        {said}
      </span>
    </div>
  );
}

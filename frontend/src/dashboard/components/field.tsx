import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Icon } from "./icon";

export interface ControlProps {
  id: string;
  "aria-describedby": string;
  "aria-invalid": true | undefined;
}

/** Label above, help below; an error replaces the help on the line kept free for it. */
export function Field({
  label,
  help,
  error,
  optional = false,
  children,
}: {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  children: (control: ControlProps) => ReactNode;
}) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label} {optional && <span>optional</span>}
      </label>
      {children({ id, "aria-describedby": hintId, "aria-invalid": error ? true : undefined })}
      <Hint id={hintId} error={error}>
        {help}
      </Hint>
    </div>
  );
}

export function Hint({
  id,
  error,
  children,
}: {
  id: string;
  error?: string | undefined;
  children?: ReactNode;
}) {
  if (error) {
    return (
      <div id={id} className="hint error">
        <Icon of={CircleAlert} />
        <span>{error}</span>
      </div>
    );
  }
  return (
    <div id={id} className="hint">
      {children}
    </div>
  );
}

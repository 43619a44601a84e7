import { type FormEvent, type InputHTMLAttributes, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "../icon";
import type { MessageKey } from "../messages";
import type { Page } from "./page";

export interface Details {
  name: string;
  email: string;
  phone: string;
  notes: string;
}

export type FieldErrors = Partial<Record<keyof Details, string>>;

/** The API's pointers of the fields this form has. */
const FIELD_OF_POINTER: Record<string, keyof Details> = {
  "/invitee_name": "name",
  "/invitee_email": "email",
  "/invitee_phone": "phone",
  "/notes": "notes",
};

export const fieldOfPointer = (pointer: string): keyof Details | undefined =>
  FIELD_OF_POINTER[pointer];

const COMPLAINTS: Partial<Record<keyof Details, MessageKey>> = {
  name: "error_name",
  email: "error_email",
  phone: "error_phone",
};

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  name: keyof Details;
  label: string;
  help?: string | undefined;
  error: string | undefined;
}

/** Label above, help below; an error replaces the help on its reserved line. */
function Field({ name, label, help, error, ...input }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${name}-help`}
        {...input}
      />
      <FieldHelp name={name} help={help} error={error} />
    </div>
  );
}

function FieldHelp({ name, help, error }: Pick<FieldProps, "name" | "help" | "error">) {
  return (
    <p className={error ? "help bad" : "help"} id={`${name}-help`}>
      {error ? (
        <>
          <Icon name="alert" />
          <span>{error}</span>
        </>
      ) : (
        help
      )}
    </p>
  );
}

interface DetailsFormProps {
  page: Page;
  details: Details;
  /** What the server found wrong, by field. */
  errors: FieldErrors;
  onChange(details: Details): void;
  onSubmit(details: Details): void;
}

const read = (form: HTMLFormElement): Details => {
  const data = new FormData(form);
  const text = (name: keyof Details) => String(data.get(name) ?? "").trim();
  return { name: text("name"), email: text("email"), phone: text("phone"), notes: text("notes") };
};

/** Who is coming. Checked when sent, never while typing; the first wrong field gets the focus. */
export function DetailsForm({ page, details, errors, onChange, onSubmit }: DetailsFormProps) {
  const { t, init } = page;
  const form = useRef<HTMLFormElement>(null);
  const [ownErrors, setOwnErrors] = useState<FieldErrors>({});
  // What the fields start with; from then on they are the visitor's.
  const [initial] = useState(details);
  const shown = { ...errors, ...ownErrors };
  const host = init.organizer.name.split(" ")[0] ?? init.organizer.name;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows new errors only
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [errors, ownErrors]);

  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong: FieldErrors = {};
    for (const field of Object.keys(COMPLAINTS) as (keyof Details)[]) {
      const input = event.currentTarget.elements.namedItem(field);
      const complaint = COMPLAINTS[field];
      if (input instanceof HTMLInputElement && complaint && !isRight(input))
        wrong[field] = t(complaint, { name: host });
    }
    setOwnErrors(wrong);
    if (Object.keys(wrong).length === 0) onSubmit(read(event.currentTarget));
  };

  return (
    <form
      id="details"
      noValidate
      ref={form}
      onSubmit={handleSubmit}
      onInput={(event) => onChange(read(event.currentTarget))}
    >
      <Field
        name="name"
        label={t("your_name")}
        error={shown.name}
        autoComplete="name"
        required
        maxLength={200}
        defaultValue={initial.name}
      />
      <Field
        name="email"
        label={t("email")}
        error={shown.email}
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        defaultValue={initial.email}
      />
      {init.event_type.asks_phone && (
        <Field
          name="phone"
          label={t("phone")}
          help={page.hasTeam ? t("phone_help_team") : t("phone_help", { name: host })}
          error={shown.phone}
          type="tel"
          autoComplete="tel"
          required
          maxLength={40}
          defaultValue={initial.phone}
        />
      )}
      <div className="field">
        <label htmlFor="notes">
          {t("notes")} <span>{t("optional")}</span>
        </label>
        <textarea
          id="notes"
          name="notes"
          rows={3}
          maxLength={5000}
          aria-invalid={shown.notes ? true : undefined}
          aria-describedby="notes-help"
          defaultValue={initial.notes}
        />
        <FieldHelp name="notes" error={shown.notes} />
      </div>
    </form>
  );
}

/** The browser's own check, except that a name of spaces is none. */
const isRight = (input: HTMLInputElement): boolean =>
  input.checkValidity() && (!input.required || input.value.trim() !== "");

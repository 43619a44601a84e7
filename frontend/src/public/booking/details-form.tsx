import { type FormEvent, type InputHTMLAttributes, useLayoutEffect, useRef, useState } from "react";
import type { Answer, Question } from "../../shared/questions/question";
import { Icon } from "../icon";
import type { MessageKey } from "../messages";
import { NewCode, Trap } from "./admission";
import type { Page } from "./page";
import type { RawAnswers } from "./question-fields";
import { useQuestionPart } from "./use-question-part";

export interface Details {
  name: string;
  email: string;
  phone: string;
  notes: string;
  /** From our mail to the address; asked for only where it has to be proved. */
  email_code: string;
  /** What only robots fill in. */
  website: string;
  /** By question id: as typed so far; what is sent is in canonical form. */
  answers: RawAnswers;
}

type TextField = Exclude<keyof Details, "answers">;

/** By field, and by id for questions. */
export type FieldErrors = Partial<Record<string, string>>;

/** The API's pointers of the fields this form has. */
const FIELD_OF_POINTER: Record<string, TextField> = {
  "/invitee_name": "name",
  "/invitee_email": "email",
  "/invitee_phone": "phone",
  "/notes": "notes",
  "/email_code": "email_code",
};

const ANSWERS = "/custom_answers/";

export const fieldOfPointer = (pointer: string): string | undefined =>
  pointer.startsWith(ANSWERS) ? pointer.slice(ANSWERS.length) : FIELD_OF_POINTER[pointer];

const COMPLAINTS: Partial<Record<TextField, MessageKey>> = {
  name: "error_name",
  email: "error_email",
  phone: "error_phone",
};

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  name: TextField;
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
  /** `answers` are those to what is shown, in canonical form. */
  onSubmit(details: Details, answers: Record<string, Answer>): void;
  /** The questions have not come: what the visitor wants cannot be sent yet. */
  onUnready(): void;
  /** Where a code was mailed to, if one was. */
  codeSentTo: string | null;
  onNewCode(): void;
}

const read = (form: HTMLFormElement, readAnswers: (data: FormData) => RawAnswers): Details => {
  const data = new FormData(form);
  const text = (name: TextField) => String(data.get(name) ?? "").trim();
  return {
    name: text("name"),
    email: text("email"),
    phone: text("phone"),
    notes: text("notes"),
    email_code: text("email_code"),
    website: text("website"),
    answers: readAnswers(data),
  };
};

/** Who is coming. Checked when sent, never while typing; the first wrong field gets the focus. */
export function DetailsForm(props: DetailsFormProps) {
  const { page, details, errors, onChange, onSubmit, onUnready, codeSentTo, onNewCode } = props;
  const { t, init } = page;
  const form = useRef<HTMLFormElement>(null);
  const [ownErrors, setOwnErrors] = useState<FieldErrors>({});
  // What the fields start with; from then on they are the visitor's.
  const [initial] = useState(details);
  const shown = { ...errors, ...ownErrors };
  const host = init.organizer.name.split(" ")[0] ?? init.organizer.name;
  const questions = init.event_type.questions;
  const { part, retry } = useQuestionPart(questions);
  const visible = part ? part.checkAnswers(questions, details.answers).visible : [];
  const readForm = (filled: HTMLFormElement) =>
    read(filled, (data) => (part ? part.readAnswers(data, visible) : details.answers));
  const [said, setSaid] = useState("");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows new errors only
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [errors, ownErrors]);

  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong: FieldErrors = {};
    for (const field of Object.keys(COMPLAINTS) as TextField[]) {
      const input = event.currentTarget.elements.namedItem(field);
      const complaint = COMPLAINTS[field];
      if (input instanceof HTMLInputElement && complaint && !isRight(input))
        wrong[field] = t(complaint, { name: host });
    }
    const filled = readForm(event.currentTarget);
    if (!part && questions.length > 0) {
      retry();
      return onUnready();
    }
    const checked = part?.checkAnswers(questions, filled.answers, part.matches);
    for (const problem of checked?.problems ?? [])
      wrong[problem.question.id] = part?.problemText(problem, page);
    setOwnErrors(wrong);
    if (Object.keys(wrong).length === 0)
      onSubmit(filled, Object.fromEntries(checked?.answers ?? []));
    return undefined;
  };

  const handleInput = (event: FormEvent<HTMLFormElement>) => {
    const filled = readForm(event.currentTarget);
    if (!part) return onChange(filled);
    const next = part.checkAnswers(questions, filled.answers).visible;
    const named = (key: MessageKey, some: Question[], others: Question[]) =>
      some
        .filter((question) => !others.includes(question))
        .map((question) => t(key, { question: question.question_text }));
    const news = [
      ...named("question_hidden", visible, next),
      ...named("question_shown", next, visible),
    ];
    if (news.length > 0) setSaid(news.join(t("separator")));
    // What is hidden now is forgotten: it would be asked anew.
    const kept = next.map(({ id }) => [id, filled.answers[id]]);
    return onChange({ ...filled, answers: Object.fromEntries(kept) });
  };

  return (
    <form id="details" noValidate ref={form} onSubmit={handleSubmit} onInput={handleInput}>
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
      {part && (
        <part.QuestionFields
          page={page}
          questions={visible}
          initial={details.answers}
          errors={shown}
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
      {codeSentTo && (
        <>
          <Field
            name="email_code"
            label={t("email_code")}
            help={t("email_code_help", { email: codeSentTo })}
            error={shown.email_code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            autoFocus
          />
          <NewCode page={page} onAsk={onNewCode} />
        </>
      )}
      <Trap page={page} />
      <p className="sr" aria-live="polite">
        {said}
      </p>
    </form>
  );
}

/** The browser's own check, except that a name of spaces is none. */
const isRight = (input: HTMLInputElement): boolean =>
  input.checkValidity() && (!input.required || input.value.trim() !== "");

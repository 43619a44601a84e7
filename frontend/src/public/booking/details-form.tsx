import {
  type FormEvent,
  type InputHTMLAttributes,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { checkAnswers } from "../../shared/questions/checking";
import { hasPattern, loadMatcher } from "../../shared/questions/patterns";
import type { Question } from "../../shared/questions/question";
import type { Matcher } from "../../shared/questions/rules";
import { Icon } from "../icon";
import type { MessageKey } from "../messages";
import { NewCode, Trap } from "./admission";
import { problemText } from "./answer-problems";
import type { Page } from "./page";
import { QuestionFields, type RawAnswers, readAnswers } from "./question-fields";

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
  onSubmit(details: Details): void;
  /** Where a code was mailed to, if one was. */
  codeSentTo: string | null;
  onNewCode(): void;
}

const read = (form: HTMLFormElement, questions: readonly Question[]): Details => {
  const data = new FormData(form);
  const text = (name: TextField) => String(data.get(name) ?? "").trim();
  return {
    name: text("name"),
    email: text("email"),
    phone: text("phone"),
    notes: text("notes"),
    email_code: text("email_code"),
    website: text("website"),
    answers: readAnswers(data, questions),
  };
};

/** RE2, fetched while the form is filled in; until it is here patterns wait for the server. */
function useMatcher(questions: readonly Question[]): Matcher | null {
  const [matches, setMatches] = useState<Matcher | null>(null);
  const isNeeded = hasPattern(questions);
  useEffect(() => {
    if (isNeeded)
      loadMatcher().then(
        (loaded) => setMatches(() => loaded),
        () => undefined,
      );
  }, [isNeeded]);
  return matches;
}

/** Who is coming. Checked when sent, never while typing; the first wrong field gets the focus. */
export function DetailsForm(props: DetailsFormProps) {
  const { page, details, errors, onChange, onSubmit, codeSentTo, onNewCode } = props;
  const { t, init } = page;
  const form = useRef<HTMLFormElement>(null);
  const [ownErrors, setOwnErrors] = useState<FieldErrors>({});
  // What the fields start with; from then on they are the visitor's.
  const [initial] = useState(details);
  const shown = { ...errors, ...ownErrors };
  const host = init.organizer.name.split(" ")[0] ?? init.organizer.name;
  const questions = init.event_type.questions;
  const matches = useMatcher(questions);
  const { visible } = checkAnswers(questions, details.answers);
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
    const filled = read(event.currentTarget, visible);
    const checked = checkAnswers(questions, filled.answers, matches);
    for (const problem of checked.problems) wrong[problem.question.id] = problemText(problem, page);
    setOwnErrors(wrong);
    if (Object.keys(wrong).length === 0) onSubmit(filled);
  };

  const handleInput = (event: FormEvent<HTMLFormElement>) => {
    const filled = read(event.currentTarget, visible);
    const next = checkAnswers(questions, filled.answers).visible;
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
    onChange({ ...filled, answers: Object.fromEntries(kept) });
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
      <QuestionFields page={page} questions={visible} initial={details.answers} errors={shown} />
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

import type { Question } from "../../shared/questions/question";
import { Icon } from "../icon";
import type { Page } from "./page";

/** What is typed so far, by question id: text, options, or whether a box is ticked. */
export type RawAnswers = Readonly<Record<string, unknown>>;

export const questionName = (question: Question): string => `q-${question.id}`;

const INPUTS: Partial<Record<Question["question_type"], string>> = {
  email: "email",
  phone: "tel",
  date: "date",
  time: "time",
  url: "url",
};

interface FieldProps {
  page: Page;
  question: Question;
  /** What it starts with; from then on the field is the visitor's. */
  initial: unknown;
  error: string | undefined;
}

/** The questions that are shown now. One that comes back after it was hidden starts empty. */
export function QuestionFields(props: {
  page: Page;
  questions: readonly Question[];
  initial: RawAnswers;
  errors: Readonly<Partial<Record<string, string>>>;
}) {
  return props.questions.map((question) => (
    <QuestionField
      key={question.id}
      page={props.page}
      question={question}
      initial={props.initial[question.id]}
      error={props.errors[question.id]}
    />
  ));
}

function QuestionField(props: FieldProps) {
  const type = props.question.question_type;
  if (type === "radio" || type === "multiselect") return <Choices {...props} />;
  if (type === "checkbox") return <Tick {...props} />;
  return <Line {...props} />;
}

/** What every control of a question has. */
const shared = ({ question, error }: FieldProps) => ({
  name: questionName(question),
  "aria-invalid": error ? true : undefined,
  "aria-describedby": `${questionName(question)}-help`,
});

function Line(props: FieldProps) {
  const { page, question, initial } = props;
  const { question_type: type, is_required: required, options } = question;
  const id = questionName(question);
  const own = { ...shared(props), id, required };
  const text = typeof initial === "string" ? initial : "";
  return (
    <div className="field">
      <label htmlFor={id}>
        <bdi>{question.question_text}</bdi> {!required && <span>{page.t("optional")}</span>}
      </label>
      {type === "textarea" ? (
        <textarea {...own} rows={3} dir="auto" defaultValue={text} />
      ) : type === "select" ? (
        <select {...own} defaultValue={text}>
          <option value="">{page.t("choose_option")}</option>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <input
          {...own}
          type={INPUTS[type] ?? "text"}
          inputMode={type === "number" ? "decimal" : undefined}
          dir={type === "text" ? "auto" : undefined}
          defaultValue={text}
        />
      )}
      <Help {...props} />
    </div>
  );
}

function Choices(props: FieldProps) {
  const { page, question, initial, error } = props;
  const { is_required: required, options } = question;
  const isOne = question.question_type === "radio";
  const { "aria-invalid": invalid, "aria-describedby": help, name } = shared(props);
  const chosen = Array.isArray(initial) ? initial : [initial];
  const group = isOne && {
    role: "radiogroup",
    "aria-required": required || undefined,
    "aria-invalid": invalid,
  };
  return (
    <fieldset
      className="field"
      tabIndex={error ? -1 : undefined}
      aria-describedby={help}
      {...group}
    >
      <legend>
        <bdi>{question.question_text}</bdi> {!required && <span>{page.t("optional")}</span>}
      </legend>
      {options.map((option) => (
        <label className="choice" key={option}>
          <input
            type={isOne ? "radio" : "checkbox"}
            name={name}
            value={option}
            defaultChecked={chosen.includes(option)}
            aria-invalid={isOne ? undefined : invalid}
          />
          <bdi>{option}</bdi>
        </label>
      ))}
      <Help {...props} />
    </fieldset>
  );
}

function Tick(props: FieldProps) {
  const { question, initial } = props;
  return (
    <div className="field">
      <label className="choice">
        <input
          {...shared(props)}
          type="checkbox"
          required={question.is_required}
          defaultChecked={initial === true}
        />
        <bdi>{question.question_text}</bdi>
      </label>
      <Help {...props} />
    </div>
  );
}

function Help({ question, error }: FieldProps) {
  return (
    <p className={error ? "help bad" : "help"} id={`${questionName(question)}-help`}>
      {error ? (
        <>
          <Icon name="alert" />
          <bdi>{error}</bdi>
        </>
      ) : (
        <bdi>{question.help_text}</bdi>
      )}
    </p>
  );
}

/** What the form says of these questions, as the rules take it. */
export function readAnswers(data: FormData, questions: readonly Question[]): RawAnswers {
  const answers: Record<string, unknown> = {};
  for (const question of questions) {
    const name = questionName(question);
    const type = question.question_type;
    if (type === "checkbox") answers[question.id] = data.has(name);
    else if (type === "multiselect") answers[question.id] = data.getAll(name);
    else answers[question.id] = data.get(name) ?? "";
  }
  return answers;
}

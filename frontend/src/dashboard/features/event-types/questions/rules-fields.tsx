import { Hint } from "../../../components/field";
import { TextField } from "../../../components/inputs";
import { NumberField } from "../../../components/number-field";
import type { QuestionDraft } from "./values";

type Rules = QuestionDraft["validation_rules"];
interface Rule {
  name: string;
  label: string;
  kind: "whole" | "number" | "date";
}

const LENGTHS: Rule[] = [
  { name: "min_length", label: "At least so many characters", kind: "whole" },
  { name: "max_length", label: "At most so many characters", kind: "whole" },
];
const RULES: Partial<Record<QuestionDraft["question_type"], Rule[]>> = {
  text: LENGTHS,
  textarea: LENGTHS,
  email: LENGTHS,
  phone: LENGTHS,
  url: LENGTHS,
  number: [
    { name: "min", label: "Smallest", kind: "number" },
    { name: "max", label: "Largest", kind: "number" },
  ],
  date: [
    { name: "min_date", label: "First date", kind: "date" },
    { name: "max_date", label: "Last date", kind: "date" },
  ],
  multiselect: [
    { name: "min_choices", label: "At least so many", kind: "whole" },
    { name: "max_choices", label: "At most so many", kind: "whole" },
  ],
};

/** What an answer of this type can be asked to be. */
export function RulesFields({
  question,
  error,
  onChange,
}: {
  question: QuestionDraft;
  error: string | undefined;
  onChange: (rules: Rules) => void;
}) {
  const rules = question.validation_rules;
  const known = RULES[question.question_type];
  if (!known) return error ? <Hint id={`${question.id}-rules`} error={error} /> : null;
  const set = (name: string, value: string | number | null) => {
    const { [name]: _old, ...rest } = rules;
    onChange(value === null || value === "" ? rest : { ...rest, [name]: value });
  };
  const text = (name: string) => String(rules[name] ?? "");
  return (
    <>
      <div className="pair">
        {known.map(({ name, label, kind }) =>
          kind === "whole" ? (
            <NumberField
              key={name}
              label={label}
              optional
              min={0}
              value={typeof rules[name] === "number" ? rules[name] : null}
              onChange={(value) => set(name, value)}
            />
          ) : (
            <TextField
              key={name}
              label={label}
              optional
              className="input t"
              type={kind === "date" ? "date" : "text"}
              inputMode={kind === "number" ? "decimal" : undefined}
              value={text(name)}
              onChange={(event) => set(name, event.target.value)}
            />
          ),
        )}
      </div>
      {known === LENGTHS && (
        <TextField
          label="Pattern"
          optional
          className="input t"
          placeholder="[A-Z]{2}[0-9]{4}"
          spellCheck={false}
          autoCapitalize="none"
          maxLength={200}
          dir="ltr"
          help="A regular expression for the whole answer. Say in the help what is expected: it is shown when an answer does not fit."
          value={text("pattern")}
          onChange={(event) => set("pattern", event.target.value)}
        />
      )}
      {error && <Hint id={`${question.id}-rules`} error={error} />}
    </>
  );
}

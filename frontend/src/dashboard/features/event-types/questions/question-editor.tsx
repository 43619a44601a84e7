import { QUESTION_TYPES, type QuestionType } from "../../../../shared/questions/question";
import { SelectField, TextArea, TextField } from "../../../components/inputs";
import { NumberField } from "../../../components/number-field";
import { Option } from "../../../components/option";
import { ConditionsEditor } from "./conditions-editor";
import { RulesFields } from "./rules-fields";
import { hasOptions, type QuestionDraft, TYPE_WORDS, withType } from "./values";

const TYPES = QUESTION_TYPES.map((type) => ({ value: type, label: TYPE_WORDS[type] }));

/** All that can be said of one question. */
export function QuestionEditor({
  question,
  earlier,
  faults,
  onChange,
}: {
  question: QuestionDraft;
  earlier: readonly QuestionDraft[];
  faults: Readonly<Record<string, string | undefined>>;
  onChange: (question: QuestionDraft) => void;
}) {
  const set = (changes: Partial<QuestionDraft>) => onChange({ ...question, ...changes });
  const type = question.question_type;
  return (
    <>
      <TextField
        label="Question"
        dir="auto"
        value={question.question_text}
        maxLength={500}
        error={faults.question_text ?? faults.id}
        onChange={(event) => set({ question_text: event.target.value })}
      />
      <div className="pair">
        <SelectField
          label="Answer"
          options={TYPES}
          value={type}
          error={faults.question_type}
          onChange={(event) => onChange(withType(question, event.target.value as QuestionType))}
        />
        <TextField
          label="Help below it"
          optional
          dir="auto"
          value={question.help_text}
          maxLength={500}
          error={faults.help_text}
          onChange={(event) => set({ help_text: event.target.value })}
        />
      </div>
      {hasOptions(type) && (
        <TextArea
          label="Options"
          dir="auto"
          rows={4}
          help="Each on its own line, in this order."
          value={question.options.join("\n")}
          error={faults.options}
          onChange={(event) => set({ options: event.target.value.split("\n") })}
        />
      )}
      <Option
        label={type === "checkbox" ? "Must be ticked" : "Required"}
        help={
          type === "checkbox"
            ? "For terms that have to be agreed to."
            : "Asked for as long as the question is shown."
        }
        checked={question.is_required}
        error={faults.is_required}
        onChange={(event) => set({ is_required: event.target.checked })}
      />
      <ConditionsEditor
        conditions={question.conditions}
        earlier={earlier}
        error={faults.conditions}
        onChange={(conditions) => set({ conditions })}
      />
      <details className="question-more" open={hasFault(faults) || undefined}>
        <summary>Rules, links and retention</summary>
        <RulesFields
          question={question}
          error={faults.validation_rules}
          onChange={(validation_rules) => set({ validation_rules })}
        />
        <div className="pair">
          <TextField
            label="Name in links"
            optional
            autoCapitalize="none"
            spellCheck={false}
            placeholder="company"
            help={
              question.prefill_key
                ? `…?${question.prefill_key}=Acme fills it in.`
                : "A link with it fills in the answer."
            }
            value={question.prefill_key}
            maxLength={40}
            error={faults.prefill_key}
            onChange={(event) => set({ prefill_key: event.target.value })}
          />
          <NumberField
            label="Days to keep answers"
            optional
            min={1}
            max={3650}
            help="After the end. Left empty: as long as the booking's data."
            value={question.retention_days}
            error={faults.retention_days}
            onChange={(retention_days) => set({ retention_days })}
          />
        </div>
      </details>
    </>
  );
}

const hasFault = (faults: Readonly<Record<string, string | undefined>>): boolean =>
  Boolean(faults.validation_rules || faults.prefill_key || faults.retention_days);

import { X } from "lucide-react";
import { operatorsOf } from "../../../../shared/questions/conditions";
import type { Condition } from "../../../../shared/questions/question";
import { Button } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { hasOptions, newCondition, type QuestionDraft, sentOptions, withOperator } from "./values";
import { nameOf, operatorWords } from "./words";

/** One condition: an earlier question, how it is compared, and with what. */
export function ConditionRow({
  condition,
  earlier,
  number,
  onChange,
  onRemove,
}: {
  condition: Condition;
  earlier: readonly QuestionDraft[];
  number: number;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}) {
  const named = earlier.find(({ id }) => id === condition.question);
  const isNot = condition.op === "answered" && condition.value === false;
  return (
    <div className="condition">
      <select
        className="input"
        aria-label={`Question of condition ${number}`}
        value={named ? named.id : ""}
        onChange={(event) => {
          const next = earlier.find(({ id }) => id === event.target.value);
          if (next) onChange(newCondition(next));
        }}
      >
        {!named && <option value="">A question that is not above</option>}
        {earlier.map((question, index) => (
          <option key={question.id} value={question.id}>
            {nameOf(question, index + 1)}
          </option>
        ))}
      </select>
      <select
        className="input"
        aria-label={`How condition ${number} compares`}
        value={isNot ? "unanswered" : condition.op}
        disabled={!named}
        onChange={(event) => {
          if (!named) return;
          const op = event.target.value;
          onChange(
            op === "unanswered"
              ? { question: named.id, op: "answered", value: false }
              : withOperator(condition, op, named),
          );
        }}
      >
        {named &&
          operatorsOf(named.question_type).map((op) => (
            <option key={op} value={op}>
              {operatorWords(op, named.question_type)}
            </option>
          ))}
        {named && <option value="unanswered">is not answered</option>}
      </select>
      {named && condition.op !== "answered" && (
        <ConditionValue
          label={`Value of condition ${number}`}
          condition={condition}
          named={named}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )}
      <Button look="quiet" square aria-label={`Remove condition ${number}`} onClick={onRemove}>
        <Icon of={X} />
      </Button>
    </div>
  );
}

/** What fits the question's type. */
function ConditionValue({
  label,
  condition,
  named,
  onChange,
}: {
  label: string;
  condition: Condition;
  named: QuestionDraft;
  onChange: (value: unknown) => void;
}) {
  const { value } = condition;
  const type = named.question_type;
  if (type === "checkbox") {
    return (
      <select
        className="input condition-value"
        aria-label={label}
        value={value === false ? "no" : "yes"}
        onChange={(event) => onChange(event.target.value === "yes")}
      >
        <option value="yes">yes</option>
        <option value="no">no</option>
      </select>
    );
  }
  if (hasOptions(type)) {
    const options = sentOptions(named);
    const chosen = [value].flat().map(String);
    if (Array.isArray(value)) {
      return (
        <select
          className="input condition-value"
          aria-label={label}
          multiple
          value={chosen}
          onChange={(event) =>
            onChange(Array.from(event.target.selectedOptions, (option) => option.value))
          }
        >
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      );
    }
    const isKnown = options.includes(chosen[0] ?? "");
    return (
      <select
        className="input condition-value"
        aria-label={label}
        value={chosen[0] ?? ""}
        onChange={(event) => onChange(event.target.value)}
      >
        {!isKnown && <option value={chosen[0] ?? ""}>{chosen[0] || "Choose …"}</option>}
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    );
  }
  const input = type === "date" || type === "time" ? type : "text";
  return (
    <input
      className="input condition-value"
      aria-label={label}
      type={input}
      inputMode={type === "number" ? "decimal" : undefined}
      dir="auto"
      value={typeof value === "string" || typeof value === "number" ? String(value) : ""}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

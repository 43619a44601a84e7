import { useId } from "react";
import type { Group } from "../../../../shared/questions/question";
import { Hint } from "../../../components/field";
import { ConditionGroup } from "./condition-group";
import { groupOf, groupWith, membersOf, newCondition, type QuestionDraft } from "./values";

const WHEN = [
  { value: "always", label: "Always" },
  { value: "all", label: "When all of these are true" },
  { value: "any", label: "When any of these is true" },
] as const;

/** When a question is shown: always, or as earlier answers say. */
export function ConditionsEditor({
  conditions,
  earlier,
  error,
  onChange,
}: {
  conditions: QuestionDraft["conditions"];
  earlier: readonly QuestionDraft[];
  error: string | undefined;
  onChange: (conditions: QuestionDraft["conditions"]) => void;
}) {
  const id = useId();
  const group = groupOf(conditions);
  const nearest = earlier.at(-1);
  const choose = (word: string) => {
    if (word === "always" || !nearest) return onChange({});
    const members = group ? membersOf(group) : [newCondition(nearest)];
    return onChange(groupWith(word as "all" | "any", members));
  };
  const chosen = !group ? "always" : "all" in group ? "all" : "any";
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        Show it
      </label>
      <select
        id={id}
        className="input"
        value={chosen}
        disabled={!nearest && !group}
        aria-describedby={`${id}-hint`}
        aria-invalid={error ? true : undefined}
        onChange={(event) => choose(event.target.value)}
      >
        {WHEN.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      {group && (
        <ConditionGroup
          group={group as Group}
          earlier={earlier}
          depth={1}
          onChange={(next) => onChange(next ?? {})}
        />
      )}
      <Hint id={`${id}-hint`} error={error}>
        {!nearest && !group && "The first question is always shown; later ones can depend on it."}
        {group && "While it is hidden it is not required, and its answer is not kept."}
      </Hint>
    </div>
  );
}

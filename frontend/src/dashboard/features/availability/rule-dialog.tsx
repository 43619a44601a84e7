import { useState } from "react";
import type { ScheduleRule } from "../../api/schedules";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { Hint } from "../../components/field";
import { SelectField, TextField } from "../../components/inputs";
import { findWindowsProblem } from "./draft";
import { RULE_PRESETS } from "./rule-presets";
import { TimeSelect } from "./time-select";

const OWN = "own";

export function RuleDialog({
  rule,
  isNew,
  onSave,
  onClose,
}: {
  rule: ScheduleRule;
  isNew: boolean;
  onSave: (rule: ScheduleRule) => void;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState(rule);
  const [pattern, setPattern] = useState(
    RULE_PRESETS.some((preset) => preset.rrule === rule.rrule) ? rule.rrule : OWN,
  );
  const change = (changes: Partial<ScheduleRule>) => setDraft({ ...draft, ...changes });
  const problem = findWindowsProblem([[draft.start, draft.end]]);
  const complete = draft.rrule.trim() !== "" && draft.dtstart !== "" && !problem;
  return (
    <Dialog title={isNew ? "Add a rule" : "Change the rule"} isOpen onClose={onClose}>
      <SelectField
        label="On these dates"
        value={pattern}
        options={[
          ...RULE_PRESETS.map(({ rrule, label }) => ({ value: rrule, label })),
          { value: OWN, label: "Own rule" },
        ]}
        onChange={(event) => {
          setPattern(event.target.value);
          if (event.target.value !== OWN) change({ rrule: event.target.value });
        }}
      />
      {pattern === OWN && (
        <TextField
          label="RRULE"
          value={draft.rrule}
          spellCheck={false}
          help="As in RFC 5545, such as FREQ=WEEKLY;BYDAY=SA;COUNT=10."
          onChange={(event) => change({ rrule: event.target.value })}
        />
      )}
      <SelectField
        label="You are"
        value={draft.kind}
        options={[
          { value: "open", label: "open in these hours, besides the weekly ones" },
          { value: "closed", label: "closed in these hours" },
        ]}
        onChange={(event) => change({ kind: event.target.value as ScheduleRule["kind"] })}
      />
      <div className="window">
        <TimeSelect
          label="Start"
          kind="start"
          value={draft.start}
          onChange={(start) => change({ start })}
        />
        <span aria-hidden="true">–</span>
        <TimeSelect label="End" kind="end" value={draft.end} onChange={(end) => change({ end })} />
      </div>
      {problem && <Hint id="rule-fault" error={problem} />}
      <TextField
        label="From"
        type="date"
        value={draft.dtstart}
        help="The pattern is counted from this day."
        onChange={(event) => change({ dtstart: event.target.value })}
      />
      <div className="actions">
        <Button onClick={onClose}>Back</Button>
        <Button
          look="primary"
          disabled={!complete}
          onClick={() => {
            onSave({ ...draft, rrule: draft.rrule.trim() });
            onClose();
          }}
        >
          {isNew ? "Add rule" : "Change rule"}
        </Button>
      </div>
    </Dialog>
  );
}

import { Pencil, Plus, Trash2 } from "lucide-react";
import { type Dispatch, useState } from "react";
import { dayInZone } from "../../../shared/dates/days";
import type { ScheduleRule } from "../../api/schedules";
import { Button } from "../../components/button";
import { Hint } from "../../components/field";
import { Icon } from "../../components/icon";
import { Tag } from "../../components/tag";
import type { Draft, DraftAction } from "./draft";
import { RuleDialog } from "./rule-dialog";
import { describeRule } from "./rule-presets";
import type { Faults } from "./server-faults";

/** Extra or blocked hours on the dates of a rule: "the first Monday of the month". */
export function RuleList({
  draft,
  faults,
  dispatch,
}: {
  draft: Draft;
  faults: Faults;
  dispatch: Dispatch<DraftAction>;
}) {
  const [editing, setEditing] = useState<number | null>(null);
  const today = dayInZone(Date.now(), draft.timezone);
  const rule: ScheduleRule | undefined =
    editing === null ? undefined : (draft.rules[editing] ?? newRule(today));
  return (
    <section className="av-part" aria-labelledby="rules-title">
      <div className="av-part-head">
        <div>
          <h2 id="rules-title">Rules</h2>
          <p className="sub">Hours that come back in a pattern of their own.</p>
        </div>
        <Button onClick={() => setEditing(draft.rules.length)}>
          <Icon of={Plus} />
          Add a rule
        </Button>
      </div>
      {draft.rules.length > 0 && (
        <ul className="list">
          {draft.rules.map((each, index) => (
            <li key={each.id ?? index} className="row av-override">
              <span>
                <b>{describeRule(each.rrule)}</b>
                <span className="meta t">
                  {each.start} – {each.end}, from {each.dtstart}{" "}
                  <Tag tone={each.kind === "open" ? "ok" : "neutral"}>
                    {each.kind === "open" ? "Open" : "Closed"}
                  </Tag>
                </span>
                {faults.rules[index] && (
                  <Hint id={`fault-rule-${index}`} error={faults.rules[index]} />
                )}
              </span>
              <Button
                look="quiet"
                square
                aria-label={`Edit rule ${index + 1}`}
                onClick={() => setEditing(index)}
              >
                <Icon of={Pencil} />
              </Button>
              <Button
                look="quiet"
                square
                aria-label={`Remove rule ${index + 1}`}
                onClick={() => dispatch({ type: "remove_rule", index })}
              >
                <Icon of={Trash2} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {editing !== null && rule && (
        <RuleDialog
          rule={rule}
          isNew={editing >= draft.rules.length}
          onSave={(changed) => dispatch({ type: "set_rule", index: editing, rule: changed })}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  );
}

function newRule(today: string): ScheduleRule {
  return {
    rrule: "FREQ=MONTHLY;BYDAY=1MO",
    dtstart: today,
    start: "18:00",
    end: "20:00",
    kind: "open",
  };
}

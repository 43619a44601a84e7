import { Pencil, Plus, Trash2 } from "lucide-react";
import { type Dispatch, useState } from "react";
import { dayInZone } from "../../../shared/dates/days";
import type { DateOverride } from "../../api/schedules";
import { Button } from "../../components/button";
import { Hint } from "../../components/field";
import { Icon } from "../../components/icon";
import { formatDay } from "../../lib/instants";
import type { Draft, DraftAction } from "./draft";
import { OverrideDialog } from "./override-dialog";
import type { Faults } from "./server-faults";

/** Dates with hours of their own; past ones stay stored but are of no interest. */
export function OverrideList({
  draft,
  weekStart,
  faults,
  dispatch,
}: {
  draft: Draft;
  weekStart: number;
  faults: Faults;
  dispatch: Dispatch<DraftAction>;
}) {
  const [editing, setEditing] = useState<DateOverride | "new" | null>(null);
  const today = dayInZone(Date.now(), draft.timezone);
  const coming = draft.overrides.filter(({ date }) => date >= today);
  return (
    <section className="av-part" aria-labelledby="overrides-title">
      <div className="av-part-head">
        <div>
          <h2 id="overrides-title">Other days</h2>
          <p className="sub">Dates on which your hours differ: a short Friday, a long Saturday.</p>
        </div>
        <Button onClick={() => setEditing("new")}>
          <Icon of={Plus} />
          Add dates
        </Button>
      </div>
      {coming.length > 0 && (
        <ul className="list">
          {coming.map((override) => (
            <li key={override.date} className="row av-override">
              <span>
                <b>{formatDay(override.date, today)}</b>
                <span className="meta t">{describeWindows(override)}</span>
                {faults.overrides[override.date] && (
                  <Hint id={`fault-${override.date}`} error={faults.overrides[override.date]} />
                )}
              </span>
              <Button
                look="quiet"
                square
                aria-label={`Edit ${formatDay(override.date, today)}`}
                onClick={() => setEditing(override)}
              >
                <Icon of={Pencil} />
              </Button>
              <Button
                look="quiet"
                square
                aria-label={`Remove ${formatDay(override.date, today)}`}
                onClick={() => dispatch({ type: "remove_override", date: override.date })}
              >
                <Icon of={Trash2} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {editing && (
        <OverrideDialog
          override={editing === "new" ? null : editing}
          taken={draft.overrides.map(({ date }) => date)}
          today={today}
          weekStart={weekStart}
          onSave={(overrides) => {
            for (const override of overrides) dispatch({ type: "set_override", override });
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  );
}

export function describeWindows(override: DateOverride): string {
  if (override.windows.length === 0) return "Closed";
  return override.windows.map(([start, end]) => `${start} – ${end}`).join(", ");
}

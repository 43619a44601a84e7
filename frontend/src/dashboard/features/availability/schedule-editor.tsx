import { type FormEvent, useReducer, useState } from "react";
import { type Schedule, useSaveSchedule } from "../../api/schedules";
import { TextField } from "../../components/inputs";
import { LeaveDialog } from "../../components/leave-dialog";
import { SaveBar } from "../../components/save-bar";
import { showToast } from "../../components/toast";
import { ZoneField } from "../../components/zone-field";
import { findWindowsProblem, reduceDraft, toDraft, toInput, WEEKDAYS } from "./draft";
import { OverrideList } from "./override-list";
import { RuleList } from "./rule-list";
import { type Faults, NO_FAULTS, readFaults } from "./server-faults";
import { WeekEditor } from "./week-editor";

/** One schedule, edited as a whole and saved as a whole. */
export function ScheduleEditor({ schedule, weekStart }: { schedule: Schedule; weekStart: number }) {
  const saved = toDraft(schedule);
  const [draft, dispatch] = useReducer(reduceDraft, saved);
  const [faults, setFaults] = useState<Faults>(NO_FAULTS);
  const save = useSaveSchedule();
  const dirty = JSON.stringify(toInput(draft)) !== JSON.stringify(toInput(saved));
  const broken = WEEKDAYS.some((weekday) => findWindowsProblem(draft.week[weekday]));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (broken) {
      setFaults({ ...NO_FAULTS, summary: "Some hours need a second look." });
      return;
    }
    try {
      const stored = await save.mutateAsync({ id: schedule.id, changes: toInput(draft) });
      dispatch({ type: "reset", draft: toDraft(stored) });
      setFaults(NO_FAULTS);
      showToast({ text: `${stored.name} is saved. New times are offered at once.` });
    } catch (error) {
      setFaults(readFaults(error, draft));
    }
  };

  return (
    <form className="av-editor" onSubmit={submit} noValidate>
      <div className="pair">
        <TextField
          label="Name"
          maxLength={120}
          value={draft.name}
          error={faults.name}
          onChange={(event) => dispatch({ type: "rename", name: event.target.value })}
        />
        <ZoneField
          label="Zone"
          value={draft.timezone}
          error={faults.timezone}
          help="These hours are on this zone's clock."
          onChange={(timezone) => dispatch({ type: "set_zone", timezone })}
        />
      </div>
      <section className="av-part" aria-labelledby="week-title">
        <h2 id="week-title">Every week</h2>
        <WeekEditor draft={draft} weekStart={weekStart} faults={faults} dispatch={dispatch} />
      </section>
      <OverrideList draft={draft} weekStart={weekStart} faults={faults} dispatch={dispatch} />
      <RuleList draft={draft} faults={faults} dispatch={dispatch} />
      <SaveBar
        dirty={dirty}
        busy={save.isPending}
        error={dirty ? faults.summary : undefined}
        onDiscard={() => {
          dispatch({ type: "reset", draft: saved });
          setFaults(NO_FAULTS);
        }}
      />
      <LeaveDialog dirty={dirty} />
    </form>
  );
}

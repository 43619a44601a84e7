import { type FormEvent, useState } from "react";
import { type TimeOff, useSaveTimeOff } from "../../../api/time-off";
import { Button } from "../../../components/button";
import { Dialog } from "../../../components/dialog";
import { TextField } from "../../../components/inputs";
import { showToast } from "../../../components/toast";
import { type PlacedFaults, placeFaults } from "../faults";
import { useFocusFault } from "../use-focus-fault";
import { BookedNote } from "./booked-note";
import {
  type Draft,
  findProblems,
  NEW_DRAFT,
  PLACES,
  type Place,
  spanOf,
  toDraft,
  toInput,
} from "./draft";
import { DayFields, HourFields } from "./span-fields";

export function TimeOffDialog({
  entry,
  timezone,
  onClose,
}: {
  entry: TimeOff | null;
  timezone: string;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState<Draft>(entry ? toDraft(entry, timezone) : NEW_DRAFT);
  const [refusals, setRefusals] = useState(0);
  const save = useSaveTimeOff();
  const problems = findProblems(draft, timezone);
  const isComplete = Object.keys(problems).length === 0;
  const faults: PlacedFaults<Place> = save.error ? placeFaults(save.error, PLACES) : { at: {} };
  // Not while the first date is being typed: only once it was sent.
  const shown = refusals > 0 ? { ...faults.at, ...problems } : faults.at;
  const form = useFocusFault(save.error, refusals);

  const change = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes });
    save.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isComplete) {
      setRefusals(refusals + 1);
      return;
    }
    save.mutate(
      { id: entry?.id, body: toInput(draft, timezone, entry) },
      {
        onSuccess: () => {
          showToast({ text: entry ? "Time off is changed." : "Time off is added." });
          onClose();
        },
      },
    );
  };
  const Fields = draft.whole ? DayFields : HourFields;
  return (
    <Dialog title={entry ? "Change time off" : "Add time off"} isOpen onClose={onClose}>
      <form className="form" ref={form} onSubmit={submit} noValidate>
        <fieldset className="segs av-kind" aria-label="How long">
          <button type="button" aria-pressed={draft.whole} onClick={() => change({ whole: true })}>
            Whole days
          </button>
          <button
            type="button"
            aria-pressed={!draft.whole}
            onClick={() => change({ whole: false })}
          >
            Certain hours
          </button>
        </fieldset>
        <Fields draft={draft} timezone={timezone} faults={shown} onChange={change} />
        <TextField
          label="Note"
          optional
          maxLength={200}
          value={draft.note}
          error={shown.note}
          help="Only you see it."
          onChange={(event) => change({ note: event.target.value })}
        />
        {isComplete && <BookedNote span={spanOf(draft, timezone)} />}
        {faults.summary && (
          <p className="hint error" role="alert">
            {faults.summary}
          </p>
        )}
        <div className="actions">
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" type="submit" busy={save.isPending}>
            {entry ? "Save time off" : "Add time off"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

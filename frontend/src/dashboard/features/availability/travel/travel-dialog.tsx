import { type FormEvent, useState } from "react";
import type { Day } from "../../../../shared/dates/days";
import { type Travel, type TravelInput, useSaveTravel } from "../../../api/travels";
import { Button } from "../../../components/button";
import { Dialog } from "../../../components/dialog";
import { TextField } from "../../../components/inputs";
import { showToast } from "../../../components/toast";
import { ZoneField } from "../../../components/zone-field";
import { zoneCity } from "../../../lib/zones";
import { type PlacedFaults, placeFaults } from "../faults";
import { LAST_DATE, sayDays } from "../spans";
import { useFocusFault } from "../use-focus-fault";

type Place = keyof TravelInput;
const PLACES: Readonly<Record<Place, Place>> = {
  start_date: "start_date",
  end_date: "end_date",
  timezone: "timezone",
  note: "note",
};

const NEW_TRAVEL: TravelInput = { start_date: "", end_date: "", timezone: "", note: "" };

export function TravelDialog({
  travel,
  today,
  onClose,
}: {
  travel: Travel | null;
  today: Day;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState<TravelInput>(travel ? withoutId(travel) : NEW_TRAVEL);
  const [refusals, setRefusals] = useState(0);
  const save = useSaveTravel();
  const problems = findProblems(draft);
  const faults: PlacedFaults<Place> = save.error ? placeFaults(save.error, PLACES) : { at: {} };
  const shown = refusals > 0 ? { ...faults.at, ...problems } : faults.at;
  const form = useFocusFault(save.error, refusals);
  const isComplete = Object.keys(problems).length === 0;

  const change = (changes: Partial<TravelInput>) => {
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
      { id: travel?.id, body: { ...draft, note: draft.note.trim() } },
      {
        onSuccess: () => {
          showToast({ text: travel ? "Travel is changed." : "Travel is added." });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={travel ? "Change travel" : "Add travel"} isOpen onClose={onClose}>
      <form className="form" ref={form} onSubmit={submit} noValidate>
        <div className="av-span">
          <TextField
            label="First day"
            type="date"
            max={LAST_DATE}
            value={draft.start_date}
            error={shown.start_date}
            onChange={({ target: { value } }) =>
              change({
                start_date: value,
                end_date: draft.end_date < value ? value : draft.end_date,
              })
            }
          />
          <TextField
            label="Last day"
            type="date"
            min={draft.start_date}
            max={LAST_DATE}
            value={draft.end_date}
            error={shown.end_date}
            onChange={(event) => change({ end_date: event.target.value })}
          />
        </div>
        <ZoneField
          label="Zone"
          value={draft.timezone}
          error={shown.timezone}
          help={isComplete ? effectOf(draft, today) : "Type a city: Tokyo, New York."}
          onChange={(timezone) => change({ timezone })}
        />
        <TextField
          label="Note"
          optional
          maxLength={200}
          value={draft.note}
          error={shown.note}
          help="Only you see it."
          onChange={(event) => change({ note: event.target.value })}
        />
        {faults.summary && (
          <p className="hint error" role="alert">
            {faults.summary}
          </p>
        )}
        <div className="actions">
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" type="submit" busy={save.isPending}>
            {travel ? "Save travel" : "Add travel"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function findProblems(draft: TravelInput): Partial<Record<Place, string>> {
  if (!draft.start_date) return { start_date: "Choose a day." };
  if (!draft.end_date) return { end_date: "Choose a day." };
  if (draft.end_date < draft.start_date) {
    return { end_date: "The last day comes before the first." };
  }
  return draft.timezone ? {} : { timezone: "Choose a zone." };
}

function effectOf({ start_date, end_date, timezone }: TravelInput, today: Day): string {
  const days = sayDays(start_date, end_date, today);
  return `${days} your hours are read in ${zoneCity(timezone)} time.`;
}

function withoutId({ start_date, end_date, timezone, note }: Travel): TravelInput {
  return { start_date, end_date, timezone, note };
}

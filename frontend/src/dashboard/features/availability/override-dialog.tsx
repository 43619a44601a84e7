import { X } from "lucide-react";
import { useState } from "react";
import type { Day } from "../../../shared/dates/days";
import type { DateOverride } from "../../api/schedules";
import { Button } from "../../components/button";
import { DayPicker } from "../../components/day-picker";
import { Dialog } from "../../components/dialog";
import { Hint } from "../../components/field";
import { Icon } from "../../components/icon";
import { Option } from "../../components/option";
import { formatDay } from "../../lib/instants";
import { findWindowsProblem, nextWindow, type Window } from "./draft";
import { WindowsEditor } from "./windows-editor";

/** One date, or several that get the same hours. Saved with the schedule, not before. */
export function OverrideDialog({
  override,
  taken,
  today,
  weekStart,
  onSave,
  onClose,
}: {
  override: DateOverride | null;
  taken: readonly Day[];
  today: Day;
  weekStart: number;
  onSave: (overrides: DateOverride[]) => void;
  onClose: () => void;
}) {
  const [dates, setDates] = useState<readonly Day[]>(override ? [override.date] : []);
  const [windows, setWindows] = useState<Window[]>(override?.windows ?? []);
  const problem = findWindowsProblem(windows);
  const toggle = (day: Day) =>
    setDates(dates.includes(day) ? dates.filter((each) => each !== day) : [...dates, day].sort());
  return (
    <Dialog
      title={override ? formatDay(override.date, today) : "Hours of single dates"}
      width={420}
      isOpen
      onClose={onClose}
    >
      {!override && (
        <>
          <DayPicker
            label="Dates"
            value={null}
            first={today}
            weekStart={weekStart}
            isOffered={(day) => !taken.includes(day)}
            onChange={toggle}
          />
          <ul className="chips">
            {dates.length === 0 && <li className="muted">Choose one or more dates.</li>}
            {dates.map((date) => (
              <li key={date}>
                <button type="button" aria-label={`Leave out ${date}`} onClick={() => toggle(date)}>
                  {formatDay(date, today, "short")}
                  <Icon of={X} size={12} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <Option
        label="Open"
        help="Off means that nothing can be booked."
        checked={windows.length > 0}
        onChange={() => setWindows(windows.length > 0 ? [] : [nextWindow([])])}
      />
      {windows.length > 0 && (
        <WindowsEditor
          day="these dates"
          windows={windows}
          onChange={(index, window) =>
            setWindows(windows.map((each, place) => (place === index ? window : each)))
          }
          onAdd={() => setWindows([...windows, nextWindow(windows)])}
          onRemove={(index) => setWindows(windows.filter((_, place) => place !== index))}
        />
      )}
      {problem && <Hint id="override-fault" error={problem} />}
      <div className="actions">
        <Button onClick={onClose}>Back</Button>
        <Button
          look="primary"
          disabled={dates.length === 0 || problem !== undefined}
          onClick={() => {
            onSave(dates.map((date) => ({ date, windows })));
            onClose();
          }}
        >
          {windows.length > 0 ? "Set hours" : "Close these dates"}
        </Button>
      </div>
    </Dialog>
  );
}

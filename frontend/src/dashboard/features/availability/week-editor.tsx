import type { Dispatch } from "react";
import { Hint } from "../../components/field";
import { Switch } from "../../components/switch";
import { CopyDay } from "./copy-day";
import { type Draft, type DraftAction, findWindowsProblem } from "./draft";
import type { Faults } from "./server-faults";
import { nameOf, weekdaysFrom } from "./weekday-names";
import { WindowsEditor } from "./windows-editor";

/** The hours that repeat every week, several windows a day. */
export function WeekEditor({
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
  const order = weekdaysFrom(weekStart);
  return (
    <ul className="list">
      {order.map((weekday) => {
        const windows = draft.week[weekday];
        const name = nameOf(weekday);
        const problem = findWindowsProblem(windows) ?? faults.week[weekday];
        return (
          <li key={weekday} className="av-day">
            <label className="av-name" htmlFor={`open-${weekday}`}>
              <Switch
                id={`open-${weekday}`}
                checked={windows.length > 0}
                onChange={() => dispatch({ type: "toggle_day", weekday })}
              />
              {name}
            </label>
            <div className="av-hours">
              {windows.length === 0 ? (
                <p className="muted av-closed">Closed</p>
              ) : (
                <WindowsEditor
                  day={name}
                  windows={windows}
                  onChange={(index, window) =>
                    dispatch({ type: "set_window", weekday, index, window })
                  }
                  onAdd={() => dispatch({ type: "add_window", weekday })}
                  onRemove={(index) => dispatch({ type: "remove_window", weekday, index })}
                />
              )}
              {problem && <Hint id={`fault-${weekday}`} error={problem} />}
            </div>
            {windows.length > 0 && (
              <CopyDay
                from={weekday}
                order={order}
                onCopy={(to) => dispatch({ type: "copy_day", from: weekday, to })}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

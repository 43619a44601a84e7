import { Plus, Trash2 } from "lucide-react";
import { Button } from "../../components/button";
import { Icon } from "../../components/icon";
import type { Window } from "./draft";
import { TimeSelect } from "./time-select";

/** The windows of one day, one below the other. */
export function WindowsEditor({
  day,
  windows,
  onChange,
  onAdd,
  onRemove,
}: {
  /** For the names of the controls: "Monday". */
  day: string;
  windows: readonly Window[];
  onChange: (index: number, window: Window) => void;
  onAdd: () => void;
  onRemove: (index: number) => void;
}) {
  return (
    <div className="windows">
      {windows.map(([start, end], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: windows have no identity but their place
        <div className="window" key={index}>
          <TimeSelect
            label={`${day}, start ${index + 1}`}
            kind="start"
            value={start}
            onChange={(value) => onChange(index, [value, end])}
          />
          <span aria-hidden="true">–</span>
          <TimeSelect
            label={`${day}, end ${index + 1}`}
            kind="end"
            value={end}
            onChange={(value) => onChange(index, [start, value])}
          />
          <Button
            look="quiet"
            square
            aria-label={`Remove ${start} to ${end} on ${day}`}
            onClick={() => onRemove(index)}
          >
            <Icon of={Trash2} />
          </Button>
          {index === windows.length - 1 && (
            <Button look="quiet" square aria-label={`Add hours on ${day}`} onClick={onAdd}>
              <Icon of={Plus} />
            </Button>
          )}
        </div>
      ))}
    </div>
  );
}

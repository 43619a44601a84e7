import { Copy } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "../../components/button";
import { Icon } from "../../components/icon";
import type { Weekday } from "./draft";
import { nameOf } from "./weekday-names";

/** Gives other days the hours of this one. */
export function CopyDay({
  from,
  order,
  onCopy,
}: {
  from: Weekday;
  order: readonly Weekday[];
  onCopy: (to: Weekday[]) => void;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<Weekday>>(new Set());
  const toggle = (weekday: Weekday) => {
    const next = new Set(chosen);
    if (!next.delete(weekday)) next.add(weekday);
    setChosen(next);
  };
  return (
    <DialogTrigger>
      <AriaButton className="btn quiet sq" aria-label={`Copy the hours of ${nameOf(from)}`}>
        <Icon of={Copy} />
      </AriaButton>
      <Popover className="pop" placement="bottom end" offset={4}>
        <Dialog className="copy-day" aria-label={`Copy the hours of ${nameOf(from)} to`}>
          {({ close }) => (
            <>
              <p className="muted">Copy to</p>
              {order
                .filter((weekday) => weekday !== from)
                .map((weekday) => (
                  <label key={weekday} className="pop-item">
                    <input
                      type="checkbox"
                      className="check"
                      checked={chosen.has(weekday)}
                      onChange={() => toggle(weekday)}
                    />
                    {nameOf(weekday)}
                  </label>
                ))}
              <Button
                disabled={chosen.size === 0}
                onClick={() => {
                  onCopy([...chosen]);
                  setChosen(new Set());
                  close();
                }}
              >
                Copy
              </Button>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

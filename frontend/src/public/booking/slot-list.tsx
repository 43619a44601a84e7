import { Fragment } from "react";
import type { Day } from "../../shared/dates/days";
import { type Clock, zoneAbbreviation } from "../../shared/dates/formats";
import { groupByPart, type Slot } from "../../shared/dates/group-slots";
import type { Page } from "./page";
import { isFull } from "./slot-ledger";
import { waitPath } from "./wait-link";

interface SlotListProps {
  page: Page;
  day: Day;
  slots: readonly Slot[];
  zone: string;
  clock: Clock;
  chosen: string | null;
  onChoose(start: string): void;
}

/** One day's times as radio buttons under the parts of the day. */
export function SlotList({ page, day, slots, zone, clock, chosen, onChoose }: SlotListProps) {
  const { t } = page;
  const times = slots.map(({ start }) => page.time(start, zone, clock));
  const isTwice = (time: string) => times.indexOf(time) !== times.lastIndexOf(time);

  /** The wall time; on the night the clock goes back, with the zone in force as well. */
  const labelOf = (slot: Slot): string => {
    const time = page.time(slot.start, zone, clock);
    return isTwice(time) ? `${time} ${zoneAbbreviation(page.locale, slot.start, zone)}` : time;
  };

  /** "3 seats left", for what several people book together. */
  const seatsOf = ({ seats_left: seats }: Slot): string =>
    seats === undefined ? "" : t.plural("seats_left", seats);

  return (
    <fieldset>
      <legend className="sr">{t("choose_time_on", { day: page.dayName(day) })}</legend>
      {groupByPart(slots, zone).map(([part, partSlots]) => (
        <Fragment key={part}>
          <h3 className="part">{t(part)}</h3>
          <div className="times">
            {partSlots.map((slot) =>
              isFull(slot) ? (
                <a className="slot" key={slot.start} href={waitPath(page, zone, slot.start)}>
                  {labelOf(slot)}
                  <small>{t("wait_for_seat")}</small>
                </a>
              ) : (
                <label className="slot" key={slot.start}>
                  <input
                    type="radio"
                    name="start"
                    value={slot.start}
                    checked={slot.start === chosen}
                    aria-label={[labelOf(slot), page.dayName(day), seatsOf(slot)]
                      .filter(Boolean)
                      .join(", ")}
                    onChange={() => onChoose(slot.start)}
                  />
                  <span>
                    {labelOf(slot)}
                    {seatsOf(slot) && <small>{seatsOf(slot)}</small>}
                  </span>
                </label>
              ),
            )}
          </div>
        </Fragment>
      ))}
    </fieldset>
  );
}

import { type CSSProperties, useEffect, useRef } from "react";
import { type Day, dayInZone } from "../../../../shared/dates/days";
import { dayNumber, weekdayName } from "../../../../shared/dates/formats";
import type { Booking } from "../../../api/bookings";
import type { Schedule } from "../../../api/schedules";
import { formatDay, formatTime, toApiInstant } from "../../../lib/instants";
import { displayLocale } from "../../../lib/locale";
import { toWallTime } from "../../../lib/wall-time";
import { zoneCity } from "../../../lib/zones";
import { closedWindows, layOutDay, minuteOf, openWindows, visibleHours } from "./layout";
import { WeekBlock } from "./week-block";

/** Seven days at 72 px an hour. Closed hours are hatched, the now line lies beneath the blocks. */
export function WeekGrid({
  days,
  zone,
  now,
  bookings,
  schedule,
  selected,
  onSelect,
}: {
  days: readonly Day[];
  zone: string;
  now: number;
  bookings: readonly Booking[];
  schedule: Schedule | undefined;
  selected: string | null;
  onSelect: (booking: Booking) => boolean;
}) {
  const scroller = useRef<HTMLElement>(null);
  const today = dayInZone(now, zone);
  const columns = days.map((day) => ({
    day,
    blocks: layOutDay(bookings, day, zone),
    open: schedule ? openWindows(schedule, day, zone) : null,
  }));
  const { from, to } = visibleHours(
    columns.flatMap(({ blocks }) => blocks),
    columns.flatMap(({ open }) => open ?? []),
  );
  const nowMinute = minuteOf(toApiInstant(now), today, zone);
  const showsNow = days.includes(today) && nowMinute > from && nowMinute < to;

  useEffect(() => {
    if (scroller.current && from < 480) scroller.current.scrollTop = (480 - from) * 1.2 - 36;
  }, [from]);

  const at = (start: number, length: number) =>
    ({ "--s": start - from, "--d": length }) as CSSProperties;
  const hours: number[] = [];
  for (let minute = from + 60; minute < to; minute += 60) hours.push(minute);

  return (
    <section
      className="week"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take keys
      tabIndex={0}
      aria-label={`Week of ${formatDay(days[0] ?? today, today)}`}
    >
      <div className="wk-days">
        <div className="wk-zone">{zoneCity(zone)}</div>
        {days.map((day) => (
          <div key={day} className="wk-day" aria-current={day === today ? "date" : undefined}>
            {weekdayName(displayLocale(), day, "short")}
            <b>{dayNumber(displayLocale(), day)}</b>
          </div>
        ))}
      </div>
      <div className="wk-grid" style={{ "--span": to - from } as CSSProperties}>
        <div className="wk-hours t" aria-hidden="true">
          {hours.map((minute) => (
            <span key={minute} className="wk-hour" style={at(minute, 0)}>
              {toWallTime(minute)}
            </span>
          ))}
          {showsNow && (
            <span className="wk-hour wk-now-time" style={at(nowMinute, 0)}>
              {formatTime(toApiInstant(now), zone)}
            </span>
          )}
        </div>
        {columns.map(({ day, blocks, open }) => (
          <div key={day} className="wk-col">
            {open &&
              closedWindows(open, from, to).map(([start, end]) => (
                <div key={start} className="wk-shut" style={at(start, end - start)} />
              ))}
            {showsNow && day === today && <span className="wk-now" style={at(nowMinute, 0)} />}
            {blocks.map((block) => (
              <WeekBlock
                key={block.booking.id}
                block={block}
                from={from}
                zone={zone}
                pressed={block.booking.id === selected}
                onSelect={onSelect}
              />
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

import { useEffect, useState } from "react";
import type { Day } from "../../../../shared/dates/days";
import { dateName, weekdayName } from "../../../../shared/dates/formats";
import { type Holiday, useSetHolidayOpen } from "../../../api/holidays";
import { messageOf } from "../../../api/problem";
import { Switch } from "../../../components/switch";
import { Tag } from "../../../components/tag";
import { showToast } from "../../../components/toast";
import { displayLocale } from "../../../lib/locale";
import { Fold } from "../fold";
import { byYear } from "./years";

/** The holidays of this year and the next, what is over folded away. */
export function HolidayList({ days, today }: { days: readonly Holiday[]; today: Day }) {
  const { over, years } = byYear(days, today);
  return (
    <>
      {years.map(({ year, days: ahead }) => (
        <div className="list" key={year}>
          <div className="row grp av-year">
            <h3 id={`year-${year}`}>{year}</h3>
            <span aria-hidden="true">Closed</span>
          </div>
          <HolidayRows days={ahead} label={`year-${year}`} />
        </div>
      ))}
      {over.length > 0 && (
        <Fold title={`Earlier in ${today.slice(0, 4)}`}>
          <div className="list">
            <HolidayRows days={over} />
          </div>
        </Fold>
      )}
    </>
  );
}

function HolidayRows({ days, label }: { days: readonly Holiday[]; label?: string }) {
  return (
    <ul aria-labelledby={label}>
      {days.map((day) => (
        <HolidayRow key={day.date} day={day} />
      ))}
    </ul>
  );
}

function HolidayRow({ day }: { day: Holiday }) {
  const setOpen = useSetHolidayOpen();
  // The list learns of a change a moment later: the switch itself must not jump back meanwhile.
  const [isOpen, setIsOpen] = useState(day.is_open);
  useEffect(() => setIsOpen(day.is_open), [day.is_open]);
  const locale = displayLocale();
  const date = dateName(locale, day.date);
  const id = `holiday-${day.date}`;
  const change = (is_open: boolean) => {
    setIsOpen(is_open);
    setOpen.mutate(
      { date: day.date, is_open },
      {
        onError: (error) => {
          setIsOpen(!is_open);
          showToast({ text: messageOf(error) });
        },
      },
    );
  };
  return (
    <li className="row av-holiday" data-open={isOpen || undefined}>
      <span className="av-date t">
        {weekdayName(locale, day.date, "short")} {date}
      </span>
      <label className="av-holiday-name" htmlFor={id}>
        <bdi>{day.name}</bdi>
      </label>
      {isOpen && <Tag>You work</Tag>}
      <Switch
        id={id}
        aria-label={`Closed: ${day.name}, ${date}`}
        checked={!isOpen}
        onChange={(event) => change(!event.target.checked)}
      />
    </li>
  );
}

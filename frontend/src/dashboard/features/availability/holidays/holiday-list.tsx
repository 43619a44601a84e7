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
  const locale = displayLocale();
  const id = `holiday-${day.date}`;
  return (
    <li className="row av-holiday" data-open={day.is_open || undefined}>
      <span className="av-date t">
        {weekdayName(locale, day.date, "short")} {dateName(locale, day.date)}
      </span>
      <label className="av-holiday-name" htmlFor={id}>
        {day.name}
        <span className="sr">, {dateName(locale, day.date)}, closed</span>
      </label>
      {day.is_open && <Tag>You work</Tag>}
      <Switch
        id={id}
        checked={!day.is_open}
        onChange={(event) =>
          setOpen.mutate(
            { date: day.date, is_open: !event.target.checked },
            { onError: (error) => showToast({ text: messageOf(error) }) },
          )
        }
      />
    </li>
  );
}

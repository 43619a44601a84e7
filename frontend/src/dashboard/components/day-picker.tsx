import { type CalendarDate, parseDate } from "@internationalized/date";
import { ChevronLeft, ChevronRight } from "lucide-react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
} from "react-aria-components";
import { type Day, type Month, monthOf } from "../../shared/dates/days";
import { Icon } from "./icon";
import "./day-picker.css";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A month's page; days that are not offered can be read but not chosen. */
export function DayPicker({
  label,
  value,
  focused,
  first,
  weekStart,
  isOffered,
  onMonth,
  onChange,
}: {
  label: string;
  value: Day | null;
  /** The day to start from when none is chosen. */
  focused?: Day;
  first: Day;
  /** ISO weekday, 1 = Monday. */
  weekStart: number;
  isOffered: (day: Day) => boolean;
  onMonth?: (month: Month) => void;
  onChange: (day: Day) => void;
}) {
  return (
    <Calendar
      className="days"
      aria-label={label}
      value={value ? parseDate(value) : null}
      {...(focused ? { defaultFocusedValue: parseDate(focused) } : {})}
      minValue={parseDate(first)}
      firstDayOfWeek={WEEKDAYS[(weekStart - 1) % 7] ?? "mon"}
      isDateUnavailable={(date) => !isOffered(date.toString())}
      onFocusChange={(date: CalendarDate) => onMonth?.(monthOf(date.toString()))}
      onChange={(date) => onChange(date.toString())}
    >
      <header>
        <Heading />
        <Button slot="previous" className="btn quiet sq" aria-label="Previous month">
          <Icon of={ChevronLeft} flip />
        </Button>
        <Button slot="next" className="btn quiet sq" aria-label="Next month">
          <Icon of={ChevronRight} flip />
        </Button>
      </header>
      <CalendarGrid weekdayStyle="narrow">
        <CalendarGridHeader>
          {(weekday) => <CalendarHeaderCell>{weekday}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>
          {(date) => <CalendarCell date={date} className="cday" />}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}

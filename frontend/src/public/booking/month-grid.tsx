import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import {
  addMonths,
  type Day,
  type DayMove,
  firstDayOf,
  type Month,
  monthOf,
  moveDay,
  weeksOf,
} from "../../shared/dates/days";
import type { Slot } from "../../shared/dates/group-slots";
import { Icon } from "../icon";
import type { Page } from "./page";

interface MonthGridProps {
  page: Page;
  month: Month;
  /** The day whose times are shown. */
  selected: Day | null;
  today: Day;
  /** No day after this one is ever offered; `null` when there is no such day. */
  lastDay: Day | null;
  days: Map<Day, Slot[]>;
  isBusy: boolean;
  onMonth(month: Month): void;
  onDay(day: Day): void;
}

/** How a key moves the focus, as in the APG's date grid; arrows follow the reading direction. */
function moveOf(event: KeyboardEvent, isRightToLeft: boolean): DayMove | null {
  const onward = isRightToLeft ? -1 : 1;
  const months = event.shiftKey ? 12 : 1;
  switch (event.key) {
    case "ArrowRight":
      return { days: onward };
    case "ArrowLeft":
      return { days: -onward };
    case "ArrowDown":
      return { days: 7 };
    case "ArrowUp":
      return { days: -7 };
    case "Home":
      return { weekEdge: "start" };
    case "End":
      return { weekEdge: "end" };
    case "PageDown":
      return { months };
    case "PageUp":
      return { months: -months };
    default:
      return null;
  }
}

/** A short name for a column: two letters where the language abbreviates so, else one. */
function columnName(page: Page, day: Day): string {
  const short = page.weekday(day, "short").replace(".", "");
  return short.length <= 3 ? short.slice(0, 2) : page.weekday(day, "narrow");
}

export function MonthGrid(props: MonthGridProps) {
  const { page, month, selected, today, lastDay, days, isBusy, onMonth, onDay } = props;
  const { t, locale } = page;
  const grid = useRef<HTMLTableElement>(null);
  const nextButton = useRef<HTMLButtonElement>(null);
  const previousButton = useRef<HTMLButtonElement>(null);
  const [focusDay, setFocusDay] = useState<Day | null>(null);
  const movesFocus = useRef(false);

  const weeks = weeksOf(month, locale);
  const inMonth = weeks.flat().filter((day) => day !== null);
  const isIn = (day: Day | null): day is Day => day !== null && monthOf(day) === month;
  const tabDay =
    [focusDay, selected].find(isIn) ??
    inMonth.find((day) => days.has(day)) ??
    (isIn(today) ? today : firstDayOf(month));

  // Before paint, so that no key pressed meanwhile is lost; by query, as cells are not kept.
  useLayoutEffect(() => {
    if (!movesFocus.current) return;
    movesFocus.current = false;
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });

  const handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moveOf(event, getComputedStyle(event.currentTarget).direction === "rtl");
    if (!move) return;
    event.preventDefault();
    // A click may have put the focus on a day outside the tab order.
    const from = (event.target as HTMLElement).dataset.day ?? tabDay;
    const wanted = moveDay(from, move, locale);
    const target = wanted < today ? today : lastDay && wanted > lastDay ? lastDay : wanted;
    movesFocus.current = true;
    setFocusDay(target);
    if (monthOf(target) !== month) onMonth(monthOf(target));
  };

  const isFirst = month <= monthOf(today);
  const isLast = lastDay !== null && month >= monthOf(lastDay);
  const turn = (count: 1 | -1) => {
    const target = addMonths(month, count);
    // A button that is about to disappear hands its focus to the other one.
    if (count < 0 && target <= monthOf(today)) nextButton.current?.focus();
    if (count > 0 && lastDay && target >= monthOf(lastDay)) previousButton.current?.focus();
    setFocusDay(null);
    onMonth(target);
  };

  const dayLabel = (day: Day): string => {
    const name = day === today ? t("today", { day: page.dayName(day) }) : page.dayName(day);
    const count = days.get(day)?.length ?? 0;
    return count > 0 ? t.plural("day_times", count, { day: name }) : t("day_none", { day: name });
  };

  return (
    <>
      <div className="bar1">
        <h2 id="month-name">
          {page
            .monthParts(month)
            .map(({ text, isYear }) => (isYear ? <span key={text}>{text}</span> : text))}
        </h2>
        <button
          type="button"
          className="ib"
          ref={previousButton}
          disabled={isFirst}
          aria-label={t("previous_month")}
          onClick={() => turn(-1)}
        >
          <Icon name="previous" />
        </button>
        <button
          type="button"
          className="ib"
          ref={nextButton}
          disabled={isLast}
          aria-label={t("next_month")}
          onClick={() => turn(1)}
        >
          <Icon name="next" />
        </button>
      </div>
      <table
        className="month"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the APG's date grid
        role="grid"
        aria-labelledby="month-name"
        aria-busy={isBusy}
        ref={grid}
        style={{ "--weeks": weeks.length } as CSSProperties}
        onKeyDown={handleKey}
      >
        <thead>
          <tr>
            {weeks[1]?.map(
              (day) =>
                day && (
                  <th key={day} scope="col" abbr={page.weekday(day, "long")}>
                    {columnName(page, day)}
                  </th>
                ),
            )}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find((day) => day)}>
              {week.map((day, column) =>
                day ? (
                  // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a cell of a grid
                  <td key={day} aria-selected={day === selected}>
                    <button
                      type="button"
                      className={`d${days.has(day) ? " open" : ""}${day === today ? " now" : ""}`}
                      data-day={day}
                      tabIndex={day === tabDay ? 0 : -1}
                      aria-label={dayLabel(day)}
                      aria-current={day === today ? "date" : undefined}
                      aria-disabled={!days.has(day)}
                      onClick={() => {
                        if (!days.has(day)) return;
                        setFocusDay(day);
                        onDay(day);
                      }}
                    >
                      {page.dayNumber(day)}
                    </button>
                  </td>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an empty cell is its column
                  <td key={column} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

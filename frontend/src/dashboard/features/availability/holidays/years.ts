import type { Day } from "../../../../shared/dates/days";
import type { Holiday } from "../../../api/holidays";

/** What is over, and what is ahead year by year. */
export function byYear(days: readonly Holiday[], today: Day) {
  const years: { year: string; days: Holiday[] }[] = [];
  for (const day of days.filter(({ date }) => date >= today)) {
    const year = day.date.slice(0, 4);
    const last = years.at(-1);
    if (last?.year === year) last.days.push(day);
    else years.push({ year, days: [day] });
  }
  return { over: days.filter(({ date }) => date < today), years };
}

import type { Day } from "../../../../shared/dates/days";
import { dateName } from "../../../../shared/dates/formats";
import { displayLocale } from "../../../lib/locale";

/** "8 – 14 March" and "2027", the year apart so that it can be quieter. */
export function weekTitle(days: readonly Day[]): { span: string; year: string } {
  const locale = displayLocale();
  const first = days[0] ?? "";
  const last = days.at(-1) ?? "";
  const sameMonth = first.slice(0, 7) === last.slice(0, 7);
  const start = sameMonth ? String(Number(first.slice(8))) : dateName(locale, first);
  return { span: `${start} – ${dateName(locale, last)}`, year: last.slice(0, 4) };
}

/** What is wrong with an answer, in the page's language. */
import type { Problem } from "../../shared/questions/checking";
import { isDate } from "../../shared/questions/reading";
import type { MessageKey } from "../messages";
import type { Page } from "./page";

const MESSAGES: Readonly<Record<string, MessageKey>> = {
  required: "answer_required",
  must_tick: "answer_must_tick",
  line_break: "answer_one_line",
  unreadable: "answer_unreadable",
  not_email: "answer_email",
  not_phone: "answer_phone",
  not_url: "answer_url",
  not_number: "answer_number",
  not_date: "answer_date",
  not_time: "answer_time",
  too_short: "answer_too_short",
  too_long: "answer_too_long",
  pattern: "answer_pattern",
  too_small: "answer_too_small",
  too_big: "answer_too_big",
  too_early: "answer_too_early",
  too_late: "answer_too_late",
  too_few: "answer_too_few",
  too_many: "answer_too_many",
};

/** A pattern's is the help of its question, where it has one. */
export function problemText({ question, code, bound }: Problem, page: Page): string {
  if (code === "pattern" && question.help_text) return question.help_text;
  return page.t(MESSAGES[code] ?? "answer_option", { bound: shown(bound, page.locale) });
}

function shown(bound: unknown, locale: string): string {
  if (typeof bound === "string" && isDate(bound)) {
    const format = new Intl.DateTimeFormat(locale, {
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone: "UTC",
    });
    return format.format(new Date(`${bound}T00:00:00Z`));
  }
  return typeof bound === "number" ? new Intl.NumberFormat(locale).format(bound) : String(bound);
}

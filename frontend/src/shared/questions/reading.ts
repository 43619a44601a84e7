/**
 * From what was sent to an answer in canonical form, or to what is wrong with it.
 *
 * - texts, e-mail, phone, web address: text without blanks around it
 * - number: decimal text (`numbers.ts`)
 * - date: 2027-03-11, time: 14:30
 * - select, radio: the option; multiselect: the options chosen, in the question's order
 * - checkbox: true or false, and false when nothing was sent
 */

import { canonicalNumber, latinDigits } from "./numbers";
import { type Answer, MAX_LENGTH, MAX_OPTIONS, type Question } from "./question";
import { countPoints, isOneLine, isReadable, trim } from "./texts";

const MOST = 10_000;

const LETTER = "[A-Za-z0-9\\u{a1}-\\u{10ffff}]";
const LABEL = `${LETTER}(?:[A-Za-z0-9\\u{a1}-\\u{10ffff}\\-]{0,61}${LETTER})?`;
const DOMAIN = `(?:${LABEL}\\.){1,20}${LABEL}`;
const ATOM = "[A-Za-z0-9!#$%&'*+\\/=?^_`\\{\\|\\}~\\-]+";
const EMAIL = new RegExp(`^(?=[^@]{1,64}@)${ATOM}(?:\\.${ATOM})*@${DOMAIN}$`, "u");
const PHONE = /^\+?[0-9 ().\-/]{3,40}$/;
const URL_FORM = new RegExp(
  `^[Hh][Tt][Tt][Pp][Ss]?:\\/\\/${DOMAIN}\\.?(?::[0-9]{1,5})?(?:[\\/?#][^"<>\\\\^\`\\{\\|\\}]*)?$`,
  "u",
);
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const TIME = /^([01]?[0-9]|2[0-3]):([0-5][0-9])$/;
const BLANK_INSIDE = /[\s\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]/;

/** `value` is null when nothing was answered; then, or when it is wrong, `problem` is a code. */
export interface Read {
  value: Answer | null;
  problem: string;
}

const right = (value: Answer | null): Read => ({ value, problem: "" });
const wrong = (problem: string): Read => ({ value: null, problem });

/** The answer that `raw` is; what the question's own rules ask is not looked at. */
export function readAnswer(question: Question, raw: unknown): Read {
  const type = question.question_type;
  if (type === "checkbox") {
    if (raw === undefined || raw === null) return right(false);
    return typeof raw === "boolean" ? right(raw) : wrong("not_tick");
  }
  if (raw === undefined || raw === null) return right(null);
  if (type === "multiselect") return several(question, raw);
  if (type === "number" && typeof raw === "number") return number(raw);
  if (typeof raw !== "string") return wrong("not_text");
  if (countPoints(raw) > MOST) return wrong("too_long");
  const text = trim(raw);
  if (!isReadable(text)) return wrong("unreadable");
  if (!text) return right(null);
  if (type === "select" || type === "radio")
    return question.options.includes(text) ? right(text) : wrong("not_option");
  if (type !== "textarea" && !isOneLine(text)) return wrong("line_break");
  return (FORMS[type] ?? ((one: string) => measured(type, one)))(text);
}

const fits = (type: string, text: string): boolean => countPoints(text) <= (MAX_LENGTH[type] ?? 0);

const measured = (type: string, text: string): Read =>
  fits(type, text) ? right(text) : wrong("too_long");

function several(question: Question, raw: unknown): Read {
  if (!Array.isArray(raw) || !raw.every((one) => typeof one === "string")) return wrong("not_list");
  if (raw.length > MAX_OPTIONS) return wrong("not_option");
  const chosen = new Set(raw.map((one: string) => trim(one)));
  if (chosen.size < raw.length) return wrong("twice");
  const inOrder = question.options.filter((option) => chosen.has(option));
  if (inOrder.length < chosen.size) return wrong("not_option");
  return right(inOrder.length > 0 ? inOrder : null);
}

function number(raw: unknown): Read {
  const canonical = canonicalNumber(raw);
  return canonical === null ? wrong("not_number") : right(canonical);
}

const FORMS: Partial<Record<string, (text: string) => Read>> = {
  number,
  email: (text) =>
    fits("email", text) && !BLANK_INSIDE.test(text) && EMAIL.test(text)
      ? right(text)
      : wrong("not_email"),
  phone: (text) => {
    const digits = latinDigits(text);
    const isPhone = (digits.match(/[0-9]/g)?.length ?? 0) >= 3 && PHONE.test(digits);
    return isPhone ? right(digits) : wrong("not_phone");
  },
  url: (text) => {
    // Who types example.com means a web address.
    const address = text.split("?", 1)[0]?.includes("://") ? text : `https://${text}`;
    return fits("url", address) && !BLANK_INSIDE.test(address) && URL_FORM.test(address)
      ? right(address)
      : wrong("not_url");
  },
  date: (text) => (isDate(text) ? right(text) : wrong("not_date")),
  time: (text) => {
    const found = TIME.exec(text);
    return found ? right(`${found[1]?.padStart(2, "0")}:${found[2]}`) : wrong("not_time");
  },
};

/** Whether it is a date of the calendar such as 2027-03-11. */
export function isDate(text: string): boolean {
  const found = DATE.exec(text);
  if (!found) return false;
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

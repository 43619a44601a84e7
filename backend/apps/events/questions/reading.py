"""From what was sent to an answer in canonical form, or to what is wrong with it.

- texts, e-mail, phone, web address: text without blanks around it
- number: decimal text (`numbers.py`)
- date: 2027-03-11, time: 14:30
- select, radio: the option; multiselect: the options chosen, in the question's order
- checkbox: true or false, and false when nothing was sent
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from apps.events.questions.numbers import canonical_number, latin_digits
from apps.events.questions.question import MAX_LENGTH, MAX_OPTIONS, ONE_OF, TEXTS, Answer, Question
from apps.events.questions.texts import is_one_line, is_readable, trim

_MOST = 10_000
"""No answer is longer, before it is looked at."""

_LABEL = r"[A-Za-z0-9\u00a1-\U0010ffff](?:[A-Za-z0-9\u00a1-\U0010ffff-]{0,61}[A-Za-z0-9\u00a1-\U0010ffff])?"
_DOMAIN = rf"(?:{_LABEL}\.){{1,20}}{_LABEL}"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_DOMAIN}")
_PHONE = re.compile(r"\+?[0-9 ().\-/]{3,40}")
_URL = re.compile(
    rf"[Hh][Tt][Tt][Pp][Ss]?://{_DOMAIN}\.?(?::[0-9]{{1,5}})?(?:[/?#][^\"<>\\^`{{|}}]*)?"
)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_BLANK_INSIDE = re.compile(r"[\s\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")


class Read(NamedTuple):
    """`value` is None when nothing was answered; then, or when it is wrong, `problem` is a code."""

    value: Answer | None
    problem: str = ""


NOTHING = Read(None)


def read_answer(question: Question, raw: Any) -> Read:
    """The answer that `raw` is; what the question's own rules ask is not looked at."""
    kind = question.type
    if kind == "checkbox":
        return Read(raw) if isinstance(raw, bool) else _ticked(raw)
    if raw is None:
        return NOTHING
    if kind == "multiselect":
        return _several(question, raw)
    if kind == "number" and isinstance(raw, int | float) and not isinstance(raw, bool):
        number = canonical_number(raw)
        return Read(number) if number is not None else Read(None, "not_number")
    if not isinstance(raw, str):
        return Read(None, "not_text")
    if len(raw) > _MOST:
        return Read(None, "too_long")
    if not is_readable(trim(raw)):
        return Read(None, "unreadable")
    text = trim(raw)
    if not text:
        return NOTHING
    if kind in ONE_OF:
        return Read(text) if text in question.options else Read(None, "not_option")
    if kind != "textarea" and not is_one_line(text):
        return Read(None, "line_break")
    if kind in TEXTS:
        return _measured(kind, text)
    return _FORMS[kind](text)


def _measured(kind: str, text: str) -> Read:
    return Read(text) if len(text) <= MAX_LENGTH[kind] else Read(None, "too_long")


def _ticked(raw: Any) -> Read:
    return Read(False) if raw is None else Read(None, "not_tick")


def _several(question: Question, raw: Any) -> Read:
    if not isinstance(raw, list | tuple) or not all(isinstance(one, str) for one in raw):
        return Read(None, "not_list")
    if len(raw) > MAX_OPTIONS:
        return Read(None, "not_option")
    chosen = [trim(one) for one in raw]
    if len(set(chosen)) < len(chosen):
        return Read(None, "twice")
    if not set(chosen).issubset(question.options):
        return Read(None, "not_option")
    return Read([option for option in question.options if option in chosen] or None)


def _email(text: str) -> Read:
    if len(text) > MAX_LENGTH["email"] or _BLANK_INSIDE.search(text):
        return Read(None, "not_email")
    return Read(text) if _EMAIL.fullmatch(text) else Read(None, "not_email")


def _phone(text: str) -> Read:
    number = latin_digits(text)
    digits = sum(character in "0123456789" for character in number)
    is_phone = len(number) <= MAX_LENGTH["phone"] and digits >= 3 and _PHONE.fullmatch(number)
    return Read(number) if is_phone else Read(None, "not_phone")


def _url(text: str) -> Read:
    # Who types example.com means a web address.
    address = text if "://" in text.partition("?")[0] else f"https://{text}"
    if len(address) > MAX_LENGTH["url"] or _BLANK_INSIDE.search(address):
        return Read(None, "not_url")
    return Read(address) if _URL.fullmatch(address) else Read(None, "not_url")


def _number(text: str) -> Read:
    number = canonical_number(text)
    return Read(number) if number is not None else Read(None, "not_number")


def _date(text: str) -> Read:
    return Read(text) if is_date(text) else Read(None, "not_date")


def _time(text: str) -> Read:
    found = _TIME.fullmatch(text)
    if not found:
        return Read(None, "not_time")
    return Read(f"{found[1].zfill(2)}:{found[2]}")


def is_date(text: Any) -> bool:
    """Whether it is a date of the calendar such as 2027-03-11."""
    found = _DATE.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return False
    year, month, day = (int(part) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_FORMS: Mapping[str, Callable[[str], Read]] = {
    "email": _email,
    "phone": _phone,
    "url": _url,
    "number": _number,
    "date": _date,
    "time": _time,
}

"""RFC 5545 recurrence rules, reduced to the local dates they yield. python-dateutil does the work.

Rules speak of dates: the hours come with the window they repeat. So `UNTIL` and `EXDATE` are read
as dates too (an `UNTIL` in UTC is first turned into the zone's date; its date is included), and
rules that repeat within a day are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

MAX_RULE_LENGTH = 2_000
MAX_COUNT = 2_000
"""A rule with `COUNT` can only be followed from its beginning."""
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_DATE = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


class _DatedRule(NamedTuple):
    text: str
    """The RRULE without its UNTIL."""
    until: date | None


class _Recurrence(NamedTuple):
    rules: tuple[_DatedRule, ...]
    excluded: tuple[date, ...]
    included: tuple[date, ...]


def check_rule(text: str, zone: str) -> None:
    """Raises ValueError, saying what is wrong, unless `text` is a rule the engine can follow."""
    _read(text, zone)


@lru_cache(maxsize=4096)
def dates_of_rule(
    text: str, dtstart: date, zone: str, first_year: int, last_year: int
) -> tuple[int, ...]:
    """Ordinals of the dates that the rule yields in these years, both included, sorted.

    Memoised: the same rule is asked for again and again.
    """
    recurrence = _read(text, zone)
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    found = {day for day in recurrence.included if first <= day <= last}
    if dtstart <= last:
        for rule in recurrence.rules:
            begin = _later_start(rule.text, dtstart, first)
            shift = _years_to_shift(begin.year, last_year)
            end = min(rule.until or last, last)
            for shifted in _follow(rule.text, datetime.combine(_shift(begin, shift), time())):
                day = _shift(shifted, -shift)
                if day > end:
                    break
                if day >= first:
                    found.add(day)
    return tuple(sorted(day.toordinal() for day in found.difference(recurrence.excluded)))


def _later_start(rule: str, dtstart: date, before: date) -> date:
    """A start from which the rule yields the same dates from `before` on as from `dtstart`.

    So that a rule of long ago costs no more than one of today. It is whole periods later, and at
    least one period before `before`. Where that cannot be told it is `dtstart`: rules that count
    their dates, and those that take day 29, 30 or 31 from it.
    """
    parts = dict(part.split("=") for part in rule.split(";"))
    if "COUNT" in parts:
        return dtstart
    interval = int(parts.get("INTERVAL", 1))
    if parts["FREQ"] in ("DAILY", "WEEKLY"):
        days = interval * (7 if parts["FREQ"] == "WEEKLY" else 1)
        periods = (before - dtstart).days // days - 1
        return dtstart + timedelta(days=max(periods, 0) * days)
    months = interval * (12 if parts["FREQ"] == "YEARLY" else 1)
    since = (before.year - dtstart.year) * 12 + before.month - dtstart.month
    periods = since // months - 1
    if periods <= 0 or dtstart.day > 28:
        return dtstart
    years, month = divmod(dtstart.month - 1 + periods * months, 12)
    return dtstart.replace(year=dtstart.year + years, month=month + 1)


def _follow(rule: str, start: datetime) -> Iterator[date]:
    recurrence = iter(rrulestr(rule, dtstart=start))
    while True:
        try:
            yield next(recurrence).date()
        except (StopIteration, ValueError):  # dateutil stumbles over the week after 9999-12-31
            return


def _years_to_shift(first: int, last: int) -> int:
    """How many years later the same calendar stands closest before the end of time.

    dateutil ends a rule that yields nothing only in the year 9999: seconds of work for a daily one.
    Between two centuries without a leap day the calendar repeats every 28 years, so the rule is
    followed there, where 9999 is at most 29 years after `last`.
    """
    if not (1901 <= first <= last <= 2099) or last - first > 70:
        return 0
    shift = 9998 - last
    while shift % 4 or date(last + shift, 1, 1).weekday() != date(last, 1, 1).weekday():
        shift -= 1
    return shift


def _shift(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


@lru_cache(maxsize=4096)
def _read(text: str, zone: str) -> _Recurrence:
    if len(text) > MAX_RULE_LENGTH:
        raise ValueError(f"longer than {MAX_RULE_LENGTH} characters")
    rules: list[_DatedRule] = []
    excluded: list[date] = []
    included: list[date] = []
    for line in filter(None, map(str.strip, text.upper().splitlines())):
        name, colon, value = line.rpartition(":")
        name = name.partition(";")[0] if colon else "RRULE"
        if name == "RRULE":
            rules.append(_read_rrule(value, zone))
        elif name == "EXDATE":
            excluded += [_read_date(part, zone) for part in value.split(",")]
        elif name == "RDATE":
            included += [_read_date(part, zone) for part in value.split(",")]
        else:
            raise ValueError(f"{name} is not supported; use RRULE, EXDATE and RDATE")
    if not rules:
        raise ValueError("has no RRULE")
    return _Recurrence(tuple(rules), tuple(excluded), tuple(included))


def _read_rrule(value: str, zone: str) -> _DatedRule:
    parts: dict[str, str] = {}
    for part in value.rstrip(";").split(";"):
        name, equals, content = part.partition("=")
        if not equals or not content:
            raise ValueError(f"{part!r} is not NAME=VALUE")
        if name in parts:
            raise ValueError(f"{name} is given twice")
        check = _PARTS.get(name)
        if check is None:
            raise ValueError(
                f"{name} is not supported; the rule yields dates, hours come from the window"
            )
        check(name, content)
        parts[name] = content
    if "FREQ" not in parts:
        raise ValueError("FREQ is missing")
    if "UNTIL" in parts and "COUNT" in parts:
        raise ValueError("COUNT and UNTIL exclude each other")
    until = parts.pop("UNTIL", None)
    if parts["FREQ"] not in ("YEARLY", "MONTHLY") and re.search(r"\d", parts.get("BYDAY", "")):
        raise ValueError(f"numbers in BYDAY need FREQ=MONTHLY or YEARLY, not {parts['FREQ']}")
    text = ";".join(f"{name}={content}" for name, content in parts.items())
    return _DatedRule(text, _read_date(until, zone) if until else None)


def _read_date(value: str, zone: str) -> date:
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is not a date like 20260131 or 20260131T170000Z")
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2] or '000000'}")
    except ValueError:
        raise ValueError(f"{value!r} is not a date") from None
    if match[3]:
        if not 2 <= moment.year <= 9998:
            raise ValueError(f"{value!r} is too far away")
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    return moment.date()


def _one_of(*allowed: str) -> Callable[[str, str], None]:
    def check(name: str, content: str) -> None:
        if content not in allowed:
            raise ValueError(f"{name}={content} is not supported; use one of {', '.join(allowed)}")

    return check


def _numbers(
    low: int, high: int, *, signed: bool = False, several: bool = True
) -> Callable[[str, str], None]:
    def check(name: str, content: str) -> None:
        for item in content.split(",") if several else [content]:
            if re.fullmatch(r"[+-]?\d{1,4}", item, re.ASCII):
                number = abs(int(item)) if signed else int(item)
                if low <= number <= high:
                    continue
            raise ValueError(f"{name}={item[:20]} is not a number from {low} to {high}")

    return check


def _weekdays(name: str, content: str) -> None:
    for item in content.split(","):
        match = _WEEKDAY.fullmatch(item)
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 53):
            raise ValueError(f"{name}={item[:20]} is not a weekday like MO, 1MO or -1FR")


def _until(name: str, content: str) -> None:
    if _DATE.fullmatch(content) is None:
        raise ValueError(f"{name}={content[:20]} is not a date like 20260131 or 20260131T170000Z")


_PARTS: dict[str, Callable[[str, str], None]] = {
    "FREQ": _one_of(*_FREQUENCIES),
    "INTERVAL": _numbers(1, 9999, several=False),
    "COUNT": _numbers(1, MAX_COUNT, several=False),
    "UNTIL": _until,
    "BYMONTH": _numbers(1, 12),
    "BYMONTHDAY": _numbers(1, 31, signed=True),
    "BYYEARDAY": _numbers(1, 366, signed=True),
    "BYWEEKNO": _numbers(1, 53, signed=True),
    "BYDAY": _weekdays,
    "BYSETPOS": _numbers(1, 366, signed=True),
    "WKST": _one_of("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}

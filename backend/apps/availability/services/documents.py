"""The rules for a schedule's hours, and the one form in which they are stored.

Wall times are "HH:MM", "24:00" only as an end; dates are "YYYY-MM-DD"; weekdays are ISO numbers.
Every problem is reported at once, by JSON pointer and cure. Source: api.md, "Availability".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from apps.availability.engine.recurrence import MAX_RULE_LENGTH, check_rule
from apps.availability.years import FIRST_YEAR, LAST_YEAR
from apps.common.errors import FieldError

MAX_WEEKLY_WINDOWS = 50
MAX_OVERRIDES = 366
MAX_WINDOWS_PER_DATE = 20
MAX_RULES = 50

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME_CURE = "Write a time as HH:MM, such as 09:00; a day ends at 24:00."
_ORDER_CURE = (
    "Must be later than the start. To stay open past midnight, end at 24:00 and add a window "
    "from 00:00 on the next day."
)


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekly windows, overrides and rules in the form in which they are stored."""

    weekly: list[dict[str, Any]]
    overrides: list[dict[str, Any]]
    rules: list[dict[str, Any]]


@dataclass(slots=True)
class _Problems:
    found: list[FieldError] = field(default_factory=list)

    def add(self, pointer: str, code: str, detail: str) -> None:
        self.found.append(FieldError(pointer, code, detail))


def read_hours(
    *,
    weekly: Any,
    overrides: Any,
    rules: Any,
    timezone: str,
) -> tuple[Hours, list[FieldError]]:
    """The stored form of the three lists, sorted, and all that is wrong with them.

    `timezone` is a known IANA name: an `UNTIL` in UTC is read as a date of that zone. The form is
    complete only when nothing is wrong.
    """
    problems = _Problems()
    hours = Hours(
        weekly=_read_weekly(weekly, problems),
        overrides=_read_overrides(overrides, problems),
        rules=_read_rules(rules, timezone, problems),
    )
    return hours, problems.found


def _read_weekly(document: Any, problems: _Problems) -> list[dict[str, Any]]:
    by_weekday: dict[int, list[tuple[str, str, str]]] = {}
    for pointer, item in _objects(document, "/weekly", MAX_WEEKLY_WINDOWS, problems):
        weekday = item.get("weekday")
        if not isinstance(weekday, int) or isinstance(weekday, bool) or not 1 <= weekday <= 7:
            problems.add(f"{pointer}/weekday", "invalid", "Use 1 (Monday) to 7 (Sunday).")
            continue
        window = _read_window(item, pointer, problems)
        if window:
            by_weekday.setdefault(weekday, []).append((*window, f"{pointer}/start"))
    for windows in by_weekday.values():
        _refuse_overlaps(windows, problems)
    return [
        {"weekday": weekday, "start": start, "end": end}
        for weekday, windows in sorted(by_weekday.items())
        for start, end, _ in sorted(windows)
    ]


def _read_overrides(document: Any, problems: _Problems) -> list[dict[str, Any]]:
    by_date: dict[str, list[list[str]]] = {}
    for pointer, item in _objects(document, "/overrides", MAX_OVERRIDES, problems):
        day = _read_date(item.get("date"), f"{pointer}/date", problems)
        windows = _read_date_windows(item.get("windows"), f"{pointer}/windows", problems)
        if day in by_date:
            problems.add(
                f"{pointer}/date",
                "duplicate",
                f"{day} has an override already; put all its windows into one.",
            )
        elif day:
            by_date[day] = windows
    return [{"date": day, "windows": windows} for day, windows in sorted(by_date.items())]


def _read_date_windows(document: Any, pointer: str, problems: _Problems) -> list[list[str]]:
    windows: list[tuple[str, str, str]] = []
    for step, item in _items(document, pointer, MAX_WINDOWS_PER_DATE, problems):
        if not isinstance(item, Sequence) or isinstance(item, str) or len(item) != 2:
            problems.add(step, "invalid", 'Write a window as ["09:00", "12:00"].')
            continue
        pair = {"start": item[0], "end": item[1]}
        window = _read_window(pair, step, problems, names=("0", "1"))
        if window:
            windows.append((*window, f"{step}/0"))
    _refuse_overlaps(windows, problems)
    return [[start, end] for start, end, _ in sorted(windows)]


def _read_rules(document: Any, timezone: str, problems: _Problems) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = []
    ids: set[str] = set()
    for pointer, item in _objects(document, "/rules", MAX_RULES, problems):
        rrule = _read_rrule(item.get("rrule"), timezone, f"{pointer}/rrule", problems)
        dtstart = _read_date(item.get("dtstart"), f"{pointer}/dtstart", problems)
        window = _read_window(item, pointer, problems)
        kind = item.get("kind", "open")
        if kind not in ("open", "closed"):
            problems.add(f"{pointer}/kind", "invalid_choice", "Use open or closed.")
        rule_id = _read_rule_id(item.get("id"), f"{pointer}/id", problems)
        if rule_id in ids:
            problems.add(f"{pointer}/id", "duplicate", "Another rule has this id; leave it out.")
        ids.add(rule_id)
        if window:
            rules.append(
                {
                    "id": rule_id,
                    "rrule": rrule,
                    "dtstart": dtstart,
                    "start": window[0],
                    "end": window[1],
                    "kind": kind,
                }
            )
    return rules


def _read_rrule(value: Any, timezone: str, pointer: str, problems: _Problems) -> str:
    if not isinstance(value, str) or not value.strip():
        problems.add(pointer, "required", "Write an RRULE, such as FREQ=MONTHLY;BYDAY=1MO.")
        return ""
    problem = find_rule_problem(value, timezone)
    if problem:
        problems.add(pointer, "invalid_rule", problem)
    return value.strip()


def find_rule_problem(rrule: str, timezone: str) -> str | None:
    """A sentence saying why the engine cannot follow an RFC 5545 rule, or None."""
    if len(rrule) > MAX_RULE_LENGTH:
        return f"Use at most {MAX_RULE_LENGTH} characters."
    try:
        check_rule(rrule, timezone)
    except ValueError as error:
        return f"Not a rule we can follow: {error}."
    return None


def _read_rule_id(value: Any, pointer: str, problems: _Problems) -> str:
    if value in (None, ""):
        return str(uuid4())
    try:
        return str(UUID(str(value)))
    except ValueError:
        problems.add(pointer, "invalid", "Leave the id out for a new rule; a known one is a UUID.")
        return str(uuid4())


def _read_window(
    item: Mapping[str, Any],
    pointer: str,
    problems: _Problems,
    *,
    names: tuple[str, str] = ("start", "end"),
) -> tuple[str, str] | None:
    """Start and end of one window; a fixed width makes their text sort like their time."""
    start, end = item.get("start"), item.get("end")
    fine = True
    for name, value in zip(names, (start, end), strict=True):
        if not isinstance(value, str) or not _TIME.fullmatch(value):
            problems.add(f"{pointer}/{name}", "invalid_time", _TIME_CURE)
            fine = False
    if not fine:
        return None
    start, end = str(start), str(end)
    if start >= end:
        problems.add(f"{pointer}/{names[1]}", "not_after_start", _ORDER_CURE)
        return None
    return start, end


def _refuse_overlaps(windows: list[tuple[str, str, str]], problems: _Problems) -> None:
    """`windows` are (start, end, pointer) of one day. They may touch, not overlap."""
    ordered = sorted(windows)
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            problems.add(
                after[2],
                "overlap",
                f"{after[0]}-{after[1]} overlaps {before[0]}-{before[1]} of the same day; "
                "join the two, or start the later one where the other ends.",
            )


def _read_date(value: Any, pointer: str, problems: _Problems) -> str:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            year = date.fromisoformat(value).year
        except ValueError:
            year = 0
        if FIRST_YEAR <= year <= LAST_YEAR:
            return value
    problems.add(
        pointer,
        "invalid_date",
        f"Write a date as YYYY-MM-DD, such as 2026-03-03, from {FIRST_YEAR} to {LAST_YEAR}.",
    )
    return ""


def _objects(
    document: Any, pointer: str, most: int, problems: _Problems
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for step, item in _items(document, pointer, most, problems):
        if isinstance(item, Mapping):
            yield step, item
        else:
            problems.add(step, "invalid", "Must be an object.")


def _items(
    document: Any, pointer: str, most: int, problems: _Problems
) -> Iterator[tuple[str, Any]]:
    if not isinstance(document, Sequence) or isinstance(document, str | bytes):
        problems.add(pointer, "invalid", "Must be a list.")
        return
    if len(document) > most:
        problems.add(
            pointer, "too_many", f"At most {most} are kept; remove {len(document) - most}."
        )
        return
    for index, item in enumerate(document):
        yield f"{pointer}/{index}", item

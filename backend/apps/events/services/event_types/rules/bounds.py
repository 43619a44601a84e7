"""How large the fields of an event type may be, and how problems with them are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.common.errors import FieldError

COLORS = ("teal", "blue", "violet", "rose", "coral", "amber", "green", "slate")
LIMIT_PERIODS = (
    "day",
    "week",
    "month",
    "total_minutes_per_day",
    "total_minutes_per_week",
    "total_minutes_per_month",
)
MAX_NAME = 200
MAX_DESCRIPTION = 5000
MAX_DETAILS = 1000
MAX_RECURRENCE_RULE = 500
MAX_REDIRECT_URL = 500
MAX_DURATIONS = 12
MAX_ATTENDEES = 100
MAX_HOSTS = 1000
MAX_INTERVAL = 60
MAX_OCCURRENCES = 365
MAX_ROLLING_DAYS = 365
MAX_DOMAINS = 100
MAX_LIMIT = 50_000
FIRST_YEAR, LAST_YEAR = 2000, 2199

Problems = Iterator[FieldError]


def is_whole(value: Any, least: int, most: int) -> bool:
    """Whether `value` is a whole number from `least` to `most`; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def range_problems(
    value: Any, pointer: str, *, least: int, most: int, unit: str = "", or_null: bool = False
) -> Problems:
    """A number outside its range; `unit` ends the sentence that tells the range."""
    if or_null and value is None:
        return
    if not is_whole(value, least, most):
        end = f" {unit}" if unit else ", or null for no limit" if or_null else ""
        yield FieldError(pointer, "out_of_range", f"Use {least} to {most}{end}.")


def choice_problems(value: Any, pointer: str, allowed: tuple[str, ...]) -> Problems:
    """A value that is none of `allowed`."""
    if value not in allowed:
        yield FieldError(pointer, "invalid_choice", f"Use one of: {', '.join(allowed)}.")


def length_problems(text: str, pointer: str, most: int) -> Problems:
    """A text that is too long."""
    if len(text) > most:
        yield FieldError(pointer, "too_long", f"Use at most {most} characters.")

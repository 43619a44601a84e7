"""What times off and travels have in common: dates, a length that is bounded, a note."""

from __future__ import annotations

from datetime import date

from apps.availability.years import FIRST_YEAR, LAST_YEAR
from apps.common.errors import FieldError, ValidationFailed
from apps.common.names import has_breaks

MAX_DAYS = 732
"""Two years; a longer one is most likely a mistyped year."""
MAX_NOTE = 200
MAX_ROWS = 500
"""Of each kind that a user may have: all of them are read for every slot."""


def find_date_problems(first: date | None, last: date | None) -> list[FieldError]:
    """What is wrong with `/start_date` to `/end_date`, local dates that are both included."""
    problems: list[FieldError] = []
    for name, day in (("start_date", first), ("end_date", last)):
        if day is None:
            cure = "Give both dates; a single day begins and ends on the same one."
            problems.append(FieldError(f"/{name}", "required", cure))
        else:
            problems += find_year_problems(f"/{name}", day.year)
    if first is None or last is None or problems:
        return problems
    if last < first:
        detail = f"Must be {first} or later; the end is included."
        return [FieldError("/end_date", "before_start", detail)]
    if (last - first).days >= MAX_DAYS:
        return [too_long("/end_date")]
    return []


def find_year_problems(pointer: str, year: int) -> list[FieldError]:
    """The complaint about a year that no calendar of ours reaches, if it is one."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return []
    return [FieldError(pointer, "out_of_range", f"Use a year from {FIRST_YEAR} to {LAST_YEAR}.")]


def too_long(pointer: str) -> FieldError:
    """The complaint about a span of more than two years."""
    return FieldError(pointer, "too_long", "Must be within two years of the start; add another.")


def find_note_problems(note: str) -> list[FieldError]:
    """What is wrong with a note for oneself: one line, or nothing."""
    if len(note) > MAX_NOTE:
        return [FieldError("/note", "too_long", f"Use at most {MAX_NOTE} characters.")]
    if has_breaks(note):
        cure = "Write it on one line, without tabs or control characters."
        return [FieldError("/note", "invalid", cure)]
    return []


def check_room(count: int, plural: str) -> None:
    """Raises `ValidationFailed` when a user who has `count` rows of a kind cannot have another."""
    if count >= MAX_ROWS:
        cure = f"You have {MAX_ROWS} {plural} already; delete some that are over."
        raise ValidationFailed.of("", "too_many", cure)

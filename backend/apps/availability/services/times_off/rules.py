"""What must hold for a time off. Fields are named as the API names them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from apps.availability.models import OutOfOffice
from apps.availability.services.spans import (
    MAX_DAYS,
    check_room,
    find_date_problems,
    find_note_problems,
    find_year_problems,
    too_long,
)
from apps.common.errors import FieldError, ValidationFailed


def check_time_off(time_off: OutOfOffice) -> None:
    """Raises `ValidationFailed` with every problem. Times off of one user may overlap."""
    problems = [*_find_span_problems(time_off), *find_note_problems(time_off.note)]
    if problems:
        raise ValidationFailed(problems[0].detail, errors=problems)


def check_room_for_time_off(user_id: UUID) -> None:
    """Raises `ValidationFailed` when the user has as many as can be kept."""
    check_room(OutOfOffice.objects.filter(user_id=user_id).count(), "times off")


def _find_span_problems(time_off: OutOfOffice) -> list[FieldError]:
    has_dates = bool(time_off.start_date or time_off.end_date)
    has_instants = bool(time_off.starts_at or time_off.ends_at)
    if has_dates and has_instants:
        cure = "Give start_date and end_date, or start and end; leave the other two out."
        return [FieldError("/start", "ambiguous", cure)]
    if has_dates:
        return find_date_problems(time_off.start_date, time_off.end_date)
    if has_instants:
        return _find_instant_problems(time_off.starts_at, time_off.ends_at)
    cure = "Give start_date and end_date for whole days, or start and end for a span of time."
    return [FieldError("/start_date", "required", cure)]


def _find_instant_problems(start: datetime | None, end: datetime | None) -> list[FieldError]:
    problems: list[FieldError] = []
    for name, moment in (("start", start), ("end", end)):
        if moment is None:
            cure = "Give both start and end; whole days have start_date and end_date instead."
            problems.append(FieldError(f"/{name}", "required", cure))
        else:
            problems += find_year_problems(f"/{name}", moment.year)
    if start is None or end is None or problems:
        return problems
    if end <= start:
        return [FieldError("/end", "not_after_start", "Must be later than the start.")]
    if end - start > timedelta(days=MAX_DAYS):
        return [too_long("/end")]
    return []

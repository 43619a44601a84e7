"""Which instants a question in local dates means."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from apps.common.errors import FieldError, InvalidRequest
from apps.common.time import get_zone

MAX_DAYS = 62
DEFAULT_DAYS = 31


def _midnight(day: date, timezone: str) -> datetime:
    """The first instant of that date.

    Where midnight is jumped over, that is the instant of the jump: fold 0 reads the missing wall
    time with the offset before the jump (PEP 495).
    """
    zone = get_zone(timezone)
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def window_of(
    start_date: date | None, end_date: date | None, *, timezone: str, now: datetime
) -> tuple[datetime, datetime]:
    """`[start, end)` of local dates, both included; today and 31 days when they are left out.

    Raises `InvalidTimezone`, `InvalidRequest` for a range that is reversed or above 62 days.
    """
    today = now.astimezone(get_zone(timezone)).date()
    first = start_date or (min(today, end_date) if end_date else today)
    last = end_date or first + timedelta(days=DEFAULT_DAYS - 1)
    if last < first:
        raise _range_error("/end_date", "end_date lies before start_date; swap them.")
    if (last - first).days >= MAX_DAYS:
        raise _range_error("/end_date", f"Ask for at most {MAX_DAYS} days at once.")
    return _midnight(first, timezone), _midnight(last + timedelta(days=1), timezone)


def _range_error(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(detail, errors=[FieldError(pointer, "invalid_range", detail)])

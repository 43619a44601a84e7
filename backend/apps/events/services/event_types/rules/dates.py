"""On which dates it can be booked: notice, horizon, date range, rolling days."""

from __future__ import annotations

from datetime import date

from apps.common.errors import FieldError
from apps.events.models import EventType, RollingDaysKind
from apps.events.models.event_type import MAX_HORIZON, MAX_NOTICE
from apps.events.services.event_types.rules.bounds import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_ROLLING_DAYS,
    Problems,
    choice_problems,
    range_problems,
)


def notice_problems(event_type: EventType) -> Problems:
    """How soon and how far ahead."""
    notice, horizon = event_type.min_scheduling_notice, event_type.max_scheduling_horizon
    yield from range_problems(
        notice, "/min_scheduling_notice", least=0, most=MAX_NOTICE, unit="minutes"
    )
    yield from range_problems(
        horizon,
        "/max_scheduling_horizon",
        least=0,
        most=MAX_HORIZON,
        unit="minutes; 0 sets no end",
    )


def date_range_problems(event_type: EventType) -> Problems:
    """Fixed dates."""
    start, end = event_type.date_range_start, event_type.date_range_end
    yield from year_problems("/date_range/start", start)
    yield from year_problems("/date_range/end", end)
    if start and end and end < start:
        yield FieldError("/date_range/end", "before_start", f"Use {start} or a later date.")


def rolling_days_problems(event_type: EventType) -> Problems:
    """Dates that move on with today; they and a date range exclude each other."""
    days = event_type.rolling_days
    yield from range_problems(days, "/rolling_days", least=1, most=MAX_ROLLING_DAYS, or_null=True)
    kinds = tuple(RollingDaysKind.values)
    yield from choice_problems(event_type.rolling_days_kind, "/rolling_days_kind", kinds)
    if days is not None and (event_type.date_range_start or event_type.date_range_end):
        yield FieldError(
            "/rolling_days",
            "excluded",
            "Use rolling days or a date range, not both: set the other one to null.",
        )


def year_problems(pointer: str, day: date | None) -> Problems:
    """A date too far from ours to be meant."""
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        detail = f"Use a date in the years {FIRST_YEAR} to {LAST_YEAR}."
        yield FieldError(pointer, "out_of_range", detail)

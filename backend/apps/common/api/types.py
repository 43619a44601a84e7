"""Field types of the public schemas."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from apps.common.time import format_instant, parse_instant


def _instant(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or len(value) > 40:
        raise ValueError("Write an instant with its offset, such as 2026-03-02T14:30:00Z.")
    try:
        return parse_instant(value)
    except ValueError:
        raise ValueError(
            "Write an instant with its offset, such as 2026-03-02T14:30:00Z."
        ) from None


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None or not 1970 <= day.year <= 9997:
        raise ValueError("Write a date such as 2026-03-02.")
    return day


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(format_instant, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""RFC 3339 with an offset; leaves as UTC with "Z"."""

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A local date, YYYY-MM-DD."""

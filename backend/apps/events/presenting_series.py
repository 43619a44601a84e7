"""Series as plain data, for the public API and its pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.common.time import format_instant
from apps.events.links import calendar_url, manage_url
from apps.events.models import Booking, BookingSeries
from apps.events.selectors.series.judging import Judged
from apps.events.selectors.series.preview import Preview


def preview_data(preview: Preview) -> dict[str, Any]:
    """Every occurrence, and the first reason against each that is not free."""
    return {
        "rule": preview.rule,
        "timezone": preview.timezone,
        "duration": preview.duration,
        "occurrences": [
            _previewed(one, position) for position, one in enumerate(preview.occurrences, 1)
        ],
    }


def _previewed(one: Judged, position: int) -> dict[str, Any]:
    return {
        "start": format_instant(one.start),
        "end": format_instant(one.end),
        "available": one.is_offered,
        "reason": None if one.is_offered else (one.codes or ["booked"])[0],
        "position": position,
    }


def series_data(booking: Booking) -> dict[str, Any] | None:
    """Its place in a series: `position` in the rule, `of` as many; None where it does not repeat.

    The occurrences are loaded or asked for (one query).
    """
    series = booking.recurrence
    if series is None:
        return None
    return {
        "id": str(series.pk),
        "rule": series.rule,
        "timezone": series.timezone,
        "position": booking.recurrence_sequence,
        "of": size_of(series, booking),
    }


def size_of(series: BookingSeries, booking: Booking) -> int:
    """How many occurrences the rule has, those that nobody booked included."""
    return len(booking.occurrences) + len(series.skipped)


def occurrences_data(booking: Booking, *, now: datetime | None = None) -> list[dict[str, Any]]:
    """All bookings of its series in order, for whoever holds a link of one of them.

    With `now` also what they may do with each.
    """
    return [_occurrence(one, now) for one in booking.occurrences]


def _occurrence(one: Booking, now: datetime | None) -> dict[str, Any]:
    data = {
        "id": str(one.pk),
        "status": one.status,
        "position": one.recurrence_sequence,
        "start_time": format_instant(one.start_time),
        "end_time": format_instant(one.end_time),
        "is_recurring_exception": one.is_recurring_exception,
        "access_token": str(one.access_token),
        "manage_url": manage_url(one),
        "calendar_url": calendar_url(one),
    }
    if now is not None:
        data["can_cancel"] = one.can_be_cancelled(now, by_invitee=True)
        data["can_reschedule"] = one.can_be_rescheduled(now, by_invitee=True)
    return data

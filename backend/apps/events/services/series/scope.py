"""One entry for changes of a booking, of those that follow it in its series, or of all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.events.models import Booking
from apps.events.services.bookings import cancel_booking, reschedule_booking
from apps.events.services.series.cancel import cancel_series
from apps.events.services.series.move import reschedule_series
from apps.events.services.series.row import Scope


def cancel_in_scope(*, booking: Booking, scope: Scope, **change: Any) -> Booking:
    """`cancel_booking` for this one alone, else `cancel_series`; both take the same."""
    if scope == "this":
        return cancel_booking(booking=booking, **change)
    return cancel_series(booking=booking, scope=scope, **change)


def reschedule_in_scope(
    *, booking: Booking, start: datetime, scope: Scope, **change: Any
) -> Booking:
    """`reschedule_booking` for this one alone, else `reschedule_series`; both take the same."""
    if scope == "this":
        return reschedule_booking(booking=booking, start=start, **change)
    return reschedule_series(booking=booking, start=start, scope=scope, **change)

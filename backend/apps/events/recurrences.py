"""Which occurrence of its series a booking is, as calendars name it."""

from __future__ import annotations

from datetime import datetime

from apps.availability.public import wall_of
from apps.common.time import get_zone
from apps.events.models import Booking, BookingSeries


def recurrence_wall_of(series: BookingSeries, booking: Booking) -> str:
    """Where the rule has an occurrence, by the clock of the series (naive ISO): RECURRENCE-ID."""
    start = booking.recurrence_start or booking.start_time
    like = datetime.fromisoformat(series.wall_start)
    return wall_of(start, like=like, zone=get_zone(series.timezone)).isoformat()

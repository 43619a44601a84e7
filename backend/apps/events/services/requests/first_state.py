"""The state in which a booking begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.events.models import BookingStatus, EventType


@dataclass(frozen=True, slots=True)
class FirstState:
    """`takes_time`: whether it occupies its hosts from the start (semantics, 4)."""

    status: BookingStatus
    request_expires_at: datetime | None = None
    takes_time: bool = True


CONFIRMED_AT_ONCE = FirstState(BookingStatus.CONFIRMED)


def first_state(event_type: EventType, start: datetime, now: datetime) -> FirstState:
    """Confirmed at once, or pending until the organizer has confirmed."""
    return CONFIRMED_AT_ONCE

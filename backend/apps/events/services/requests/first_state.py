"""The state in which a booking begins (semantics, 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.events.models import BookingStatus, EventType


@dataclass(frozen=True, slots=True)
class FirstState:
    """`takes_time`: whether it occupies its hosts from the start (semantics, 4)."""

    status: BookingStatus
    request_expires_at: datetime | None = None
    takes_time: bool = True


CONFIRMED_AT_ONCE = FirstState(BookingStatus.CONFIRMED)


def first_state(event_type: EventType, start: datetime, now: datetime) -> FirstState:
    """Confirmed at once, or pending until the organizer has confirmed.

    With `confirmation_within_minutes` only starts nearer than that need it. A request ends when
    its event type's time for an answer is over, at the latest when the time itself has come.
    """
    if not needs_confirmation(event_type, start, now):
        return CONFIRMED_AT_ONCE
    answer_by = now + timedelta(minutes=event_type.request_expires_minutes)
    return FirstState(
        BookingStatus.PENDING, min(answer_by, start), takes_time=event_type.pending_holds_slot
    )


def needs_confirmation(event_type: EventType, start: datetime, now: datetime) -> bool:
    """Whether the organizer has to confirm a booking of `start` that is made at `now`."""
    if not event_type.requires_confirmation:
        return False
    within = event_type.confirmation_within_minutes
    return within is None or start - now < timedelta(minutes=within)

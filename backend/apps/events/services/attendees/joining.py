"""Whether the public may still take seats of one session."""

from __future__ import annotations

from datetime import datetime

from apps.common.errors import InvalidState
from apps.events.errors import refusal
from apps.events.models import Booking
from apps.events.selectors.offers import find_host_ids, load_joinable_offer
from apps.events.selectors.slots import judge_start


def refuse_closed_seats(session: Booking, *, now: datetime) -> None:
    """Raise what keeps the public from one more seat: notice, horizon, no seat left, switched off."""
    event_type = session.event_type
    if not event_type.is_active or event_type.is_archived:
        raise InvalidState("No more bookings are taken for this; nobody can join any more.")
    offer = load_joinable_offer(event_type, find_host_ids(session))
    verdict = judge_start(
        offer, start=session.start_time, now=now, duration=session.minutes, seats=1
    )
    if not verdict.is_offered:
        raise refusal(verdict.reasons, ())

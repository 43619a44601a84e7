"""Whether the public may still take seats of one session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from apps.common.errors import InvalidState
from apps.events.errors import refusal
from apps.events.models import Booking, EventType
from apps.events.selectors.offers import Offer, find_host_ids, load_offer_served_by
from apps.events.selectors.slots import judge_start


def load_joinable_offer(event_type_id: UUID, host_ids: Sequence[UUID]) -> Offer:
    """The event type served by these hosts alone, whose sessions may be joined."""
    event_types = EventType.objects.select_related("organizer", "schedule")
    event_type = event_types.get(pk=event_type_id)
    served = load_offer_served_by(event_type, host_ids)
    return replace(served, capacity=event_type.max_attendees)


def refuse_closed_seats(session: Booking, *, now: datetime) -> None:
    """Raise what keeps the public from one more seat: notice, horizon, no seat left, switched off."""
    event_type = session.event_type
    if not event_type.is_active or event_type.is_archived:
        raise InvalidState("No more bookings are taken for this; nobody can join any more.")
    offer = load_joinable_offer(event_type.pk, find_host_ids(session))
    verdict = judge_start(
        offer, start=session.start_time, now=now, duration=session.minutes, seats=1
    )
    if not verdict.is_offered:
        raise refusal(verdict.reasons, ())

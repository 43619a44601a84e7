"""How long an offer stands."""

from __future__ import annotations

from datetime import datetime, timedelta

from apps.events.models import EventType
from apps.events.models.waitlist import HANDOVER

SHORTEST = timedelta(minutes=5)
"""Nobody can be expected to answer a mail sooner; without so much time left, no offer is made."""


def last_claim(event_type: EventType, start: datetime) -> datetime:
    """Until when `start` can be booked: the minimum notice before it."""
    return start - timedelta(minutes=event_type.min_scheduling_notice)


def end_of_offer(
    event_type: EventType, *, start: datetime, now: datetime, until: datetime | None = None
) -> datetime | None:
    """When an offer of `start` made at `now` ends; None when too little time is left for one.

    The event type's `waitlist_offer_minutes`, but at most half of the time that is left to book
    it, so that the next in line gets a turn, and at least five minutes. It ends before the start,
    before the minimum notice, and before `until`, when its reader stops waiting.
    """
    last = last_claim(event_type, start)
    left = (min(last, until) if until else last) - HANDOVER - now
    if left < SHORTEST:
        return None
    wanted = timedelta(minutes=event_type.waitlist_offer_minutes)
    return now + max(min(wanted, left / 2), SHORTEST)

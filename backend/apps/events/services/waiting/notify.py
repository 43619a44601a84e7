"""The organizer offers a time to somebody on the waitlist, out of turn."""

from __future__ import annotations

from datetime import datetime

from apps.common.errors import InvalidState
from apps.events.models import WaitingStatus, WaitlistEntry
from apps.events.selectors.offers import load_offer
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.waiting.lines import FreeStarts, offer_under_locks
from apps.events.services.waiting.pass_on import told_state
from apps.events.services.waiting.row import lock_entry
from apps.events.services.waiting.serve import keep_for, offer_to, span_of


def notify_entry(*, entry: WaitlistEntry, now: datetime) -> WaitlistEntry:
    """Offer them the first time they wait for that is free now; they need not be first in line.

    Raises `InvalidState` when they wait no more, have an offer, or nothing is free.
    """

    def write() -> WaitlistEntry:
        current, people = lock_entry(entry)
        if current.status == WaitingStatus.NOTIFIED:
            raise InvalidState("A time is offered to them already.")
        if current.status != WaitingStatus.ACTIVE or now >= current.expires_at:
            raise InvalidState(f"They do not wait any more. {told_state(current)}")
        offer = offer_under_locks(current.event_type, people) or load_offer(current.event_type)
        first, last = span_of(current)
        free = FreeStarts(offer, first, last, now)
        for start in free.between(first, last):
            hold = keep_for(current, start, free, now=now)
            if hold is not None:
                offer_to(current, hold, now=now)
                return current
        raise InvalidState("Nothing that they wait for is free right now.")

    return in_transaction(write)

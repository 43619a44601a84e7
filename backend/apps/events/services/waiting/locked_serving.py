"""Serve one event type's lines in a transaction of its own, with all its people locked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from apps.events.models import EventType
from apps.events.selectors.offers import load_offer
from apps.events.services.bookings.locking import TimeTaken, in_transaction, lock_hosts
from apps.events.services.waiting.lines import FreeStarts, has_limits, region_of
from apps.events.services.waiting.serve import serve_region


def serve_in_transaction(
    *,
    event_type: EventType,
    start: datetime,
    end: datetime,
    now: datetime,
    but: Collection[UUID] = (),
) -> int:
    """Offer what is free around `[start, end)`; how many offers were made.

    Looked for without the locks first: mostly there is nothing, and nobody should wait for that.
    """
    first, last = region_of(event_type, start, end)
    # Where there are limits, what is free depends on whose booking would move there.
    if not has_limits(event_type):
        free = FreeStarts(load_offer(event_type), first, last, now)
        if not free.between(first, last):
            return 0

    def write() -> int:
        lock_hosts(event_type.organizer_id, load_offer(event_type).host_ids)
        # Under the locks hours, hosts and event type are as everybody else sees them.
        current = EventType.objects.select_related("organizer", "schedule").get(pk=event_type.pk)
        offer = load_offer(current)
        first, last = region_of(current, start, end)
        return serve_region(offer, start=first, end=last, now=now, but=but)

    try:
        return in_transaction(write)
    except TimeTaken:
        return 0

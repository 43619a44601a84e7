"""Serve one event type's lines in a transaction of its own, with all its people locked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from apps.events.models import EventType
from apps.events.selectors.offers import load_offer
from apps.events.services.bookings.locking import TimeTaken, in_transaction, lock_hosts
from apps.events.services.waiting.lines import region_of
from apps.events.services.waiting.serve import serve_region


def serve_in_transaction(
    *,
    event_type: EventType,
    start: datetime,
    end: datetime,
    now: datetime,
    but: Collection[UUID] = (),
) -> int:
    """Offer what is free around `[start, end)`; how many offers were made."""

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

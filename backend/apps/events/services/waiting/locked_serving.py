"""Serve one event type's lines in a transaction of its own, with all its people locked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from apps.events.models import EventType
from apps.events.selectors.offers import load_offer
from apps.events.selectors.waitlist import offerable_entries, offerable_requests
from apps.events.services.bookings.locking import TimeTaken, in_transaction, lock_hosts
from apps.events.services.waiting.lines import FreeStarts, region_of
from apps.events.services.waiting.serve import serve_region, span_of


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
    if not _may_serve(event_type, first, last, now):
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


def _may_serve(event_type: EventType, first: datetime, last: datetime, now: datetime) -> bool:
    """Whether somebody waits for a start that looks free, or may be offered an earlier one."""
    if offerable_requests(after=max(first, now)).filter(event_type=event_type).exists():
        return True
    free = FreeStarts(load_offer(event_type), first, last, now)
    entries = offerable_entries(start=first, end=last, now=now).filter(event_type=event_type)
    return any(free.between(*span_of(entry)) for entry in entries.iterator(chunk_size=200))

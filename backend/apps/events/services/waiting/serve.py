"""Serve whoever waits, in the order of the line, under the locks of those whose time it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from apps.common.domain_events import publish
from apps.common.outbox import enqueue
from apps.events.events import WaitlistOffered
from apps.events.models import EventType, Hold, HoldPurpose, WaitingStatus, WaitlistEntry
from apps.events.models.waitlist import HANDOVER
from apps.events.selectors.offers import Offer
from apps.events.selectors.waitlist import (
    in_turn,
    offerable_entries,
    sooner_around,
    waiting_around,
)
from apps.events.services.waiting.lines import FreeStarts, offer_under_locks, region_of
from apps.events.services.waiting.notices import notice_of_entry
from apps.events.services.waiting.offers import ending_effect, serving_effect
from apps.events.services.waiting.sooner_serving import serve_requests
from apps.events.services.waiting.terms import end_of_offer

_LOOKED_AT = 200
"""Entries that one transaction looks at; a session has at most a hundred seats to offer."""
_EVENT_TYPES = 20

_POINT = timedelta(microseconds=1)


def serve_freed(
    *,
    people: Collection[UUID],
    start: datetime,
    end: datetime,
    now: datetime,
    but: Collection[UUID] = (),
) -> None:
    """Offer what is free around `[start, end)` to who waits: the waitlist first, then sooner.

    `people` are locked. Event types that need somebody else too are served right afterwards, by an
    effect that locks them all: taking more locks here would invite deadlocks.
    """
    around = waiting_around(people=people, start=start, end=end, now=now)
    ids = list(around.values_list("event_type_id", flat=True).distinct()[:_EVENT_TYPES])
    sooner = sooner_around(people=people, start=start, now=now)
    ids += sooner.values_list("event_type_id", flat=True).distinct()[:_EVENT_TYPES]
    event_types = EventType.objects.select_related("organizer", "schedule").in_bulk(set(ids))
    free: dict[UUID, FreeStarts] = {}
    for event_type in event_types.values():
        offer = offer_under_locks(event_type, people)
        if offer is None:
            enqueue([serving_effect(event_type.pk, start, end)], now=now)
            continue
        first, last = region_of(event_type, start, end)
        free[event_type.pk] = FreeStarts(offer, first, last, now)
    if free:
        serve_line(free, now=now, but=but)
        serve_requests(free, now=now, but=but)


def serve_region(
    offer: Offer, *, start: datetime, end: datetime, now: datetime, but: Collection[UUID] = ()
) -> int:
    """Offer the free starts of `[start, end)`; how many offers were made. All people are locked."""
    free = {offer.event_type.pk: FreeStarts(offer, start, end, now)}
    return serve_line(free, now=now, but=but) + serve_requests(free, now=now, but=but)


def serve_line(free: dict[UUID, FreeStarts], *, now: datetime, but: Collection[UUID] = ()) -> int:
    """Give the free starts of these event types to their waitlists, one line over all of them."""
    waiting = offerable_entries(
        start=min(one.start for one in free.values()),
        end=max(one.end for one in free.values()),
        now=now,
    ).filter(event_type__in=free.keys())
    if but:
        waiting = waiting.exclude(pk__in=but)
    related = ("event_type", "organizer")
    served = 0
    for entry in in_turn(waiting).select_related(*related)[:_LOOKED_AT]:
        served += _serve(entry, free[entry.event_type_id], now=now)
    return served


def _serve(entry: WaitlistEntry, free: FreeStarts, *, now: datetime) -> bool:
    for start in free.between(*span_of(entry)):
        hold = keep_for(entry, start, free, now=now)
        if hold is not None:
            offer_to(entry, hold, now=now)
            return True
    return False


def span_of(entry: WaitlistEntry) -> tuple[datetime, datetime]:
    """The starts that are waited for: `start <= s < end`."""
    first = entry.desired_start_time
    return first, entry.desired_end_time or first + _POINT


def keep_for(
    entry: WaitlistEntry, start: datetime, free: FreeStarts, *, now: datetime
) -> Hold | None:
    """A hold of `start` for them; None when too little time is left or it is taken."""
    event_type = free.offer.event_type
    ends_at = end_of_offer(event_type, start=start, now=now, until=entry.expires_at)
    if ends_at is None:
        return None
    return free.keep(start, purpose=HoldPurpose.WAITLIST, ends_at=ends_at + HANDOVER)


def offer_to(entry: WaitlistEntry, hold: Hold, *, now: datetime) -> None:
    """Open the offer of what is held: state, timed end, mail."""
    entry.status = WaitingStatus.NOTIFIED
    entry.offer = hold
    entry.notified_at = now
    entry.offers_made += 1
    entry.save(update_fields=["status", "offer", "notified_at", "offers_made", "updated_at"])
    enqueue([ending_effect("waitlist", entry.pk, hold)], now=now)
    publish(WaitlistOffered(now, notice_of_entry(entry, "offered")))

"""Offer earlier times to who asked for them, after the waitlist was served."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from apps.common.domain_events import publish
from apps.common.outbox import enqueue
from apps.common.time import get_zone
from apps.events.events import SoonerOffered
from apps.events.models import Hold, HoldPurpose, SoonerRequest, WaitingStatus
from apps.events.models.changes import last_change
from apps.events.models.waitlist import HANDOVER
from apps.events.selectors.offers import load_offer_served_by
from apps.events.selectors.sooner import may_still_move
from apps.events.selectors.waitlist import in_turn, offerable_requests
from apps.events.services.waiting.lines import FreeStarts, has_limits
from apps.events.services.waiting.notices import notice_of_request
from apps.events.services.waiting.offers import ending_effect
from apps.events.services.waiting.terms import end_of_offer

_LOOKED_AT = 50


def serve_requests(
    free: Mapping[UUID, FreeStarts], *, now: datetime, but: Collection[UUID] = ()
) -> int:
    """Offer what is left free of these event types to bookings that would rather be earlier."""
    after = max(min(one.start for one in free.values()), now)
    asking = offerable_requests(after=after).filter(event_type__in=free.keys())
    if but:
        asking = asking.exclude(pk__in=but)
    related = ("booking__event_type", "booking__organizer", "booking__host")
    served = 0
    for request in in_turn(asking).select_related(*related)[:_LOOKED_AT]:
        served += _serve(request, free[request.event_type_id], now=now)
    return served


def _serve(request: SoonerRequest, free: FreeStarts, *, now: datetime) -> bool:
    booking = request.booking
    if not may_still_move(booking, now):
        return False
    # A look at what is free at all spares most of them their own; limits count the booking itself.
    if not has_limits(booking.event_type) and not _fitting(request, free):
        return False
    own = _own_free_starts(request, free)
    if own is None:
        return False
    for start in _fitting(request, own):
        ends_at = end_of_offer(booking.event_type, start=start, now=now, until=last_change(booking))
        if ends_at is None:
            continue
        hold = own.keep(start, purpose=HoldPurpose.SOONER, ends_at=ends_at + HANDOVER)
        if hold is not None:
            _offer_to(request, hold, now=now)
            return True
    return False


def fits(request: SoonerRequest, start: datetime) -> bool:
    """Whether `start` is one of those asked for; it ends before the booking's own time begins."""
    booking = request.booking
    around = timedelta(minutes=booking.minutes + booking.buffer_before)
    if start + around > booking.start_time:
        return False
    wall = start.astimezone(get_zone(request.timezone))
    minute = wall.hour * 60 + wall.minute
    return (
        (not request.weekdays or wall.isoweekday() in request.weekdays)
        and request.minutes_from <= minute < request.minutes_until
        and (request.earliest_date is None or wall.date() >= request.earliest_date)
    )


def _fitting(request: SoonerRequest, free: FreeStarts) -> list[datetime]:
    starts = free.between(free.start, min(free.end, request.booking.start_time))
    return [start for start in starts if fits(request, start)]


def _own_free_starts(request: SoonerRequest, free: FreeStarts) -> FreeStarts | None:
    """What is free of the booking's own hosts, who stay; None when they are not all locked."""
    booking = request.booking
    host_ids = [host.pk for host in booking.hosts]
    if not set(host_ids) <= set(free.offer.host_ids):
        return None
    offer = load_offer_served_by(free.offer.event_type, host_ids)
    return replace(free, offer=offer, duration=booking.minutes, moving=booking.pk).anew()


def _offer_to(request: SoonerRequest, hold: Hold, *, now: datetime) -> None:
    request.status = WaitingStatus.NOTIFIED
    request.offer = hold
    request.notified_at = now
    request.offers_made += 1
    request.save(update_fields=["status", "offer", "notified_at", "offers_made", "updated_at"])
    enqueue([ending_effect("sooner", request.pk, hold)], now=now)
    publish(SoonerOffered(now, notice_of_request(request, "sooner_offered")))

"""Requests for an earlier time end with what they were for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from apps.common.domain_events import publish
from apps.events.events import WaitlistLeft
from apps.events.models import WAITING, Booking, EventType, SoonerRequest, WaitingStatus
from apps.events.models.waitlist import WaitlistEntry
from apps.events.services.holds.release import release_hold
from apps.events.services.waiting.freed import time_freed
from apps.events.services.waiting.notices import notice_of_entry


def close_sooner(booking: Booking, *, now: datetime) -> None:
    """The locked booking is cancelled, or moved otherwise: nobody asks for an earlier time any more.

    One query where nobody did. An open offer goes to the next in line.
    """
    asked = SoonerRequest.objects.select_related("offer")
    request = asked.filter(booking_id=booking.pk, status__in=WAITING).first()
    if request is None:
        return
    request.status = WaitingStatus.CANCELLED
    request.booking = booking
    people = {booking.organizer_id, *(host.pk for host in booking.hosts)}
    give_offer_back(request, people, now=now)


def withdraw_sooner_offer(booking: Booking, people: Collection[UUID], *, now: datetime) -> None:
    """The locked booking has other hosts now: the time that is held is not theirs.

    Whoever asked waits on in their place. One query where nothing is offered. `people` are locked,
    the former hosts among them.
    """
    asked = SoonerRequest.objects.select_related("offer")
    request = asked.filter(booking_id=booking.pk, status=WaitingStatus.NOTIFIED).first()
    if request is None:
        return
    request.status = WaitingStatus.ACTIVE
    request.booking = booking
    give_offer_back(request, people, now=now)


def give_offer_back(request: SoonerRequest, people: Collection[UUID], *, now: datetime) -> None:
    """Save the request without its offer, and serve others with the time that was held for it."""
    hold = request.offer
    request.offer = None
    request.save(update_fields=["status", "offer", "queued_at", "updated_at"])
    if hold is None:
        return
    release_hold(hold)
    time_freed(
        organizer_id=request.booking.organizer_id,
        host_ids=people,
        start=hold.start_time,
        end=hold.end_time,
        now=now,
        but=(request.pk,),
    )


def close_lines(event_type: EventType, *, now: datetime) -> None:
    """The event type is archived: nobody waits for it any more, in the archiving transaction.

    Open offers are given back, and nobody is served with them; who was on a waitlist is told.
    """
    entries = WaitlistEntry.objects.filter(event_type=event_type, status__in=WAITING)
    for entry in entries.select_related("offer", "event_type", "organizer"):
        _close(entry)
        publish(WaitlistLeft(now, notice_of_entry(entry, "left")))
    requests = SoonerRequest.objects.filter(event_type=event_type, status__in=WAITING)
    for request in requests.select_related("offer"):
        _close(request)


def _close(waiting: WaitlistEntry | SoonerRequest) -> None:
    hold = waiting.offer
    waiting.status, waiting.offer = WaitingStatus.CANCELLED, None
    waiting.save(update_fields=["status", "offer", "updated_at"])
    if hold is not None:
        release_hold(hold)

"""Holds that end without a booking: given up, or lapsed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.events.models import Booking, Hold, HoldPurpose, Occupancy
from apps.events.selectors.offers import find_host_ids
from apps.events.services.bookings.locking import in_transaction, lock_hosts
from apps.events.services.bookings.occupancy import hold_span
from apps.events.services.holds.release import release_hold
from apps.events.services.waiting import freed


def end_hold(*, token: UUID, now: datetime) -> bool:
    """Give up the hold of a form, and serve whoever waits for its time; whether there was one."""
    hold = Hold.objects.filter(token=token, purpose=HoldPurpose.FORM).first()
    return hold is not None and _end(hold, now=now)


def release_lapsed_hold(*, hold_id: UUID, now: datetime) -> None:
    """End the hold if it has lapsed; nothing happens when it is gone, or stands for longer now."""
    hold = _lapsed(now).filter(pk=hold_id).first()
    if hold is not None:
        _end(hold, now=now)


def release_lapsed_holds(*, now: datetime, most: int = 500) -> int:
    """End the holds that have lapsed and that nobody else ends, the oldest first; how many.

    Lapsed ones count for nothing anyway; this serves whoever waits, and keeps the tables small.
    """
    lapsed = list(_lapsed(now).order_by("expires_at")[:most])
    return sum(_end(hold, now=now) for hold in lapsed)


def _lapsed(now: datetime) -> QuerySet[Hold]:
    # Offers to those who wait end by calls of their own, which tell them; unless nobody has them.
    is_nobodys = Q(waitlist_entry=None, sooner_request=None)
    return Hold.objects.filter(Q(purpose=HoldPurpose.FORM) | is_nobodys, expires_at__lte=now)


def _end(seen: Hold, *, now: datetime) -> bool:
    event_type = seen.event_type

    def write() -> bool:
        host_ids = _hosts_of(seen)
        lock_hosts(event_type.organizer_id, host_ids)
        hold = Hold.objects.filter(pk=seen.pk).first()
        if hold is None:
            return False
        start, end = hold_span(hold)
        release_hold(hold)
        freed.time_freed(
            organizer_id=event_type.organizer_id,
            host_ids=host_ids,
            start=start,
            end=end,
            now=now,
        )
        return True

    return in_transaction(write)


def _hosts_of(hold: Hold) -> tuple[UUID, ...]:
    if hold.session_id is not None:
        session = Booking.objects.filter(pk=hold.session_id).first()
        return find_host_ids(session) if session else ()
    return tuple(Occupancy.objects.filter(hold=hold).values_list("host_id", flat=True))

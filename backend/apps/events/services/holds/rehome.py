"""Holds outlive the session that they have seats of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from apps.events.models import Booking, Hold, Occupancy
from apps.events.selectors.offers import load_offer
from apps.events.services.bookings.new_booking import make_session, save_booking
from apps.events.services.holds.release import drop

_MINUTE = timedelta(minutes=1)


def rehome_holds(
    session: Booking,
    *,
    host_ids: Collection[UUID],
    span: tuple[datetime, datetime],
    now: datetime,
) -> None:
    """Give the holds of a session that leaves `span` an empty session of their own there.

    The session was called off, or moved, and its former `span` (buffers included) is free. What is
    offered or held stays so: its seats are of the time, not of who else came. No query where
    nothing is held. The session's row is locked and was read under the lock.
    """
    if not session.held_seats:
        return
    holds = list(Hold.objects.filter(session=session).order_by("-expires_at"))
    live = [hold for hold in holds if hold.expires_at > now]
    Booking.objects.filter(pk=session.pk).update(held_seats=0)
    session.held_seats = 0
    if live:
        _seat(session, live, host_ids=host_ids, span=span, now=now)
    drop([hold for hold in holds if hold.expires_at <= now])


def _seat(
    session: Booking,
    holds: list[Hold],
    *,
    host_ids: Collection[UUID],
    span: tuple[datetime, datetime],
    now: datetime,
) -> None:
    longest = holds[0]
    empty = make_session(
        load_offer(session.event_type),
        hosts=session.hosts,
        start=longest.start_time,
        duration=session.minutes,
        now=now,
    )
    empty.capacity, empty.held_seats = session.capacity, sum(hold.seats for hold in holds)
    # The former ones: a session that moved has the buffers of its new time.
    empty.buffer_before = (empty.start_time - span[0]) // _MINUTE
    empty.buffer_after = (span[1] - empty.end_time) // _MINUTE
    save_booking(empty)
    Hold.objects.filter(pk__in=[hold.pk for hold in holds]).update(session=empty)
    Occupancy.objects.bulk_create(
        Occupancy(
            host_id=host_id,
            hold=longest,
            held_until=longest.expires_at,
            starts_at=span[0],
            ends_at=span[1],
        )
        for host_id in host_ids
    )

"""The time that a booking takes from its hosts, buffers included."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from apps.events.models import Booking, Hold, Occupancy


def span_of(booking: Booking) -> tuple[datetime, datetime]:
    """`[start - buffer before, end + buffer after)`."""
    before = timedelta(minutes=booking.buffer_before)
    after = timedelta(minutes=booking.buffer_after)
    return booking.start_time - before, booking.end_time + after


def take(booking: Booking, host_ids: Collection[UUID], *, hold: Hold | None = None) -> None:
    """Occupy all its hosts, in one statement. IntegrityError when one is taken meanwhile.

    What `hold` takes, of the same hosts, becomes the booking's in place; one that is gone meanwhile
    changes nothing.
    """
    starts_at, ends_at = span_of(booking)
    if hold is not None:
        turned = Occupancy.objects.filter(hold=hold).update(
            booking=booking, hold=None, held_until=None, starts_at=starts_at, ends_at=ends_at
        )
        if turned:
            return
    Occupancy.objects.bulk_create(
        Occupancy(host_id=host_id, booking=booking, starts_at=starts_at, ends_at=ends_at)
        for host_id in host_ids
    )


def hold_span(hold: Hold) -> tuple[datetime, datetime]:
    """What it takes of its hosts' time: as a booking of its event type would, buffers included."""
    before = timedelta(minutes=hold.event_type.buffer_time_before)
    after = timedelta(minutes=hold.event_type.buffer_time_after)
    return hold.start_time - before, hold.end_time + after


def hold_time(hold: Hold, host_ids: Collection[UUID]) -> None:
    """Occupy hosts until the hold ends. IntegrityError when one is taken meanwhile."""
    starts_at, ends_at = hold_span(hold)
    Occupancy.objects.bulk_create(
        Occupancy(
            host_id=host_id,
            hold=hold,
            held_until=hold.expires_at,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        for host_id in host_ids
    )


def move(booking: Booking) -> None:
    """Occupy the booking's present time instead of its former one, in one statement."""
    starts_at, ends_at = span_of(booking)
    Occupancy.objects.filter(booking=booking).update(starts_at=starts_at, ends_at=ends_at)


def release(booking: Booking) -> None:
    """Free all its hosts."""
    Occupancy.objects.filter(booking=booking).delete()

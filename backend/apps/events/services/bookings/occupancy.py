"""The time that a booking takes from its host, buffers included."""

from __future__ import annotations

from datetime import datetime, timedelta

from apps.events.models import Booking, Occupancy


def span_of(booking: Booking) -> tuple[datetime, datetime]:
    """`[start - buffer before, end + buffer after)`."""
    before = timedelta(minutes=booking.buffer_before)
    after = timedelta(minutes=booking.buffer_after)
    return booking.start_time - before, booking.end_time + after


def take(booking: Booking) -> None:
    """Occupy the host. IntegrityError when the host is taken meanwhile."""
    starts_at, ends_at = span_of(booking)
    Occupancy.objects.create(
        host_id=booking.host_id, booking=booking, starts_at=starts_at, ends_at=ends_at
    )


def move(booking: Booking) -> None:
    """Occupy the booking's present time instead of its former one, in one statement."""
    starts_at, ends_at = span_of(booking)
    Occupancy.objects.filter(booking=booking).update(
        host_id=booking.host_id, starts_at=starts_at, ends_at=ends_at
    )


def release(booking: Booking) -> None:
    """Free the host."""
    Occupancy.objects.filter(booking=booking).delete()

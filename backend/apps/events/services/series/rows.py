"""The rows of many bookings, written in a constant number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.events.models import WAITING, Booking, BookingCoHost, Occupancy, SoonerRequest
from apps.events.services.bookings.occupancy import span_of
from apps.events.services.waiting.closing import close_sooner
from apps.events.services.waiting.freed import time_freed


def insert_bookings(bookings: Sequence[Booking], *, takes_time: bool) -> None:
    """Insert them with their co-hosts and, unless they wait without it, their hosts' time.

    IntegrityError when a host is taken meanwhile.
    """
    Booking.objects.bulk_create(bookings)
    co_hosts = [
        BookingCoHost(booking=booking, user=user)
        for booking in bookings
        for user in booking.hosts[1:]
    ]
    if co_hosts:
        BookingCoHost.objects.bulk_create(co_hosts)
    if takes_time:
        take_all(bookings)


def take_all(bookings: Sequence[Booking]) -> None:
    """Occupy the hosts of each. IntegrityError when one is taken meanwhile."""
    rows = []
    for booking in bookings:
        starts_at, ends_at = span_of(booking)
        rows += [
            Occupancy(host=user, booking=booking, starts_at=starts_at, ends_at=ends_at)
            for user in booking.hosts
        ]
    Occupancy.objects.bulk_create(rows)


def release_all(bookings: Sequence[Booking]) -> None:
    """Free the hosts of each."""
    Occupancy.objects.filter(booking__in=bookings).delete()


def save_all(bookings: Sequence[Booking], fields: Sequence[str], *, now: datetime) -> None:
    """Save these fields of each."""
    for booking in bookings:
        booking.updated_at = now
    Booking.objects.bulk_update(bookings, [*fields, "updated_at"])


def free_times(
    bookings: Sequence[Booking], times: Sequence[tuple[datetime, datetime]], *, now: datetime
) -> None:
    """Serve who waits for what was freed of the hosts' time, from the first time to the last."""
    time_freed(
        organizer_id=bookings[0].organizer_id,
        host_ids={user.pk for booking in bookings for user in booking.hosts},
        start=min(start for start, _ in times),
        end=max(end for _, end in times),
        now=now,
    )


def close_wishes(bookings: Sequence[Booking], *, now: datetime) -> None:
    """Nobody waits for an earlier time than one that is not theirs any more (a query)."""
    waiting = SoonerRequest.objects.filter(booking__in=bookings, status__in=WAITING)
    asking = set(waiting.values_list("booking_id", flat=True))
    for booking in bookings:
        if booking.pk in asking:
            close_sooner(booking, now=now)

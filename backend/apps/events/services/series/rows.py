"""The rows of many bookings, written in a constant number of statements."""

from __future__ import annotations

from collections.abc import Sequence

from apps.events.models import Booking, BookingCoHost, Occupancy
from apps.events.services.bookings.occupancy import span_of


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

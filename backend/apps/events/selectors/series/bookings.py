"""The bookings of a series."""

from __future__ import annotations

from django.db.models import Prefetch

from apps.events.models import Booking, BookingCoHost, BookingSeries, BookingStatus

_CO_HOSTS = Prefetch("co_hosts", BookingCoHost.objects.select_related("user"))


def list_series(series: BookingSeries) -> list[Booking]:
    """All its bookings in order, with all that is needed to judge and to tell of them (2 queries)."""
    rows = (
        Booking.objects.filter(recurrence=series)
        .exclude(status=BookingStatus.RESCHEDULED)
        .select_related("event_type", "event_type__schedule", "organizer", "host")
        .prefetch_related(_CO_HOSTS)
        .order_by("recurrence_sequence")
    )
    return _linked(list(rows), series)


def _linked(bookings: list[Booking], series: BookingSeries) -> list[Booking]:
    for booking in bookings:
        booking.recurrence = series
        booking.occurrences = bookings
    return bookings

"""The rows of a series, locked for a change of several of them."""

from __future__ import annotations

from typing import Literal

from apps.common.errors import NotFound, ValidationFailed
from apps.events.models import Booking, BookingCoHost, BookingSeries
from apps.events.selectors.series.bookings import list_series
from apps.events.services.bookings.locking import lock_hosts

Scope = Literal["this", "following", "all"]


def require_series(booking: Booking) -> BookingSeries:
    """Its series. Raises `ValidationFailed` at /scope for a booking that does not repeat."""
    if booking.recurrence is None:
        raise ValidationFailed.of(
            "/scope", "does_not_repeat", 'This booking does not repeat; leave scope out, or "this".'
        )
    return booking.recurrence


def lock_series(seen: Booking, *, by_link: bool) -> list[Booking]:
    """Lock the organizer and all hosts of the series, then its rows; these as they are now.

    With `by_link` the caller came by the link of one of them: raises `NotFound` when that was
    replaced in the meantime.
    """
    series = require_series(seen)
    mine = Booking.objects.filter(recurrence=series)
    co_hosts = BookingCoHost.objects.filter(booking__recurrence=series)
    host_ids = mine.values_list("host_id").union(co_hosts.values_list("user_id"))
    locked = {host_id for (host_id,) in host_ids}
    lock_hosts(seen.organizer_id, locked)
    list(mine.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    bookings = list_series(series)
    current = find_addressed(bookings, seen)
    if by_link and current.access_token != seen.access_token:
        raise NotFound("There is no booking at this address.")
    # Some may have been given to others before the organizer was locked; none is from now on.
    now_serving = {host.pk for booking in bookings for host in booking.hosts}
    if not now_serving <= locked:
        lock_hosts(seen.organizer_id, now_serving)
    return bookings


def find_addressed(bookings: list[Booking], seen: Booking) -> Booking:
    """The booking that the caller named. Raises `NotFound` when it is none of these any more."""
    for booking in bookings:
        if booking.pk == seen.pk:
            return booking
    raise NotFound("There is no booking at this address.")


def list_in_scope(bookings: list[Booking], booking: Booking, scope: Scope) -> list[Booking]:
    """Of all bookings of a series, those that a change of `booking` is meant for.

    Those that follow are the ones that start later, wherever the rule has them.
    """
    if scope == "all":
        return bookings
    if scope == "this":
        return [booking]
    return [one for one in bookings if one.start_time >= booking.start_time]


def next_sequence(bookings: list[Booking]) -> int:
    """A SEQUENCE above all that was ever told of the series."""
    return 1 + max(booking.ical_sequence for booking in bookings)

"""The booking's row, locked for a change."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from apps.common.errors import NotFound
from apps.events.models import Booking
from apps.events.selectors.offers import find_host_ids
from apps.events.services.bookings.locking import lock_hosts


def lock_booking(seen: Booking, *, by_link: bool = False, others: Collection[UUID] = ()) -> Booking:
    """Lock the organizer and all its hosts, then the row; return it as it is now.

    `others` are locked too: hosts who are to serve it from now on.

    With `by_link` the caller came by the booking's link: raises `NotFound` when that was replaced
    in the meantime.
    """
    host_ids = find_host_ids(seen)
    lock_hosts(seen.organizer_id, {*host_ids, *others})
    token: UUID | None = seen.access_token
    booking = (
        Booking.objects.select_for_update(of=("self",), no_key=True)
        .select_related("event_type", "event_type__schedule", "organizer", "host")
        .filter(pk=seen.pk)
        .first()
    )
    # An attendee's link is compared by whoever changes their seat (`seats.get_holder`).
    is_own = seen.attendee is None
    if booking is None or (by_link and is_own and booking.access_token != token):
        raise NotFound("There is no booking at this address.")
    if booking.host_id not in host_ids or len(host_ids) > 1:
        _lock_new_hosts(booking, host_ids)
    else:
        booking.hosts = [booking.host]  # known by now, so not asked for again
    return booking


def _lock_new_hosts(booking: Booking, locked: Collection[UUID]) -> None:
    """Lock who was given the booking before the organizer was locked; nobody is from now on."""
    now_serving = find_host_ids(booking)
    if not set(now_serving) <= set(locked):
        lock_hosts(booking.organizer_id, now_serving)

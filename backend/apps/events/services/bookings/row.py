"""The booking's row, locked for a change."""

from __future__ import annotations

from uuid import UUID

from apps.common.errors import NotFound
from apps.events.models import Booking
from apps.events.selectors.offers import find_host_ids
from apps.events.services.bookings.locking import lock_hosts


def lock_booking(seen: Booking, *, by_link: bool = False) -> Booking:
    """Lock the organizer and all its hosts, then the row; return it as it is now.

    With `by_link` the caller came by the booking's link: raises `NotFound` when that was replaced
    in the meantime.
    """
    host_ids = find_host_ids(seen)
    lock_hosts(seen.organizer_id, host_ids)
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
    if len(host_ids) == 1:
        booking.hosts = [booking.host]  # known by now, so not asked for again
    return booking

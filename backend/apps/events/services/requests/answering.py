"""What confirming, declining and expiring a request have in common."""

from __future__ import annotations

from datetime import datetime

from apps.common.errors import InvalidState
from apps.events.models import Booking, BookingStatus
from apps.events.services.bookings.occupancy import release, span_of
from apps.events.services.waiting.freed import time_freed


def refuse_answered(request: Booking, *, now: datetime) -> None:
    """Raise `InvalidState` when the booking is no request that waits for an answer at `now`."""
    if request.status != BookingStatus.PENDING:
        state = request.get_status_display().lower()
        raise InvalidState(f"This booking is {state}; only a request can be answered.")
    if request.request_expires_at is not None and now >= request.request_expires_at:
        raise InvalidState("This request has expired; the invitee may ask again.")


def give_up_time(request: Booking, *, now: datetime) -> None:
    """Free what the request held, in the transaction that ends it, and serve who waits."""
    if not request.occupancies.exists():
        return
    release(request)
    start, end = span_of(request)
    time_freed(
        organizer_id=request.organizer_id,
        host_ids=[host.pk for host in request.hosts],
        start=start,
        end=end,
        now=now,
    )

"""What booked invitees asked for: earlier times than they have."""

from __future__ import annotations

from datetime import datetime

from apps.events.models import Booking, BookingStatus, SoonerRequest
from apps.events.models.changes import last_change


def find_request(booking: Booking) -> SoonerRequest | None:
    """What was asked for with this booking, whatever became of it."""
    return SoonerRequest.objects.select_related("offer").filter(booking_id=booking.pk).first()


def may_still_move(booking: Booking, now: datetime) -> bool:
    """Whether the booking is one that an earlier time can be offered to."""
    return (
        booking.attendee is None
        and booking.capacity == 1
        and booking.status == BookingStatus.CONFIRMED
        and now < last_change(booking)
    )


def can_ask_sooner(booking: Booking, now: datetime) -> bool:
    """Whether earlier times may be asked for: where the organizer lets people, until a move is too
    late.
    """
    event_type = booking.event_type
    return event_type.offers_sooner and event_type.is_active and may_still_move(booking, now)

"""Move one attendee of a session, for its organizer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apps.common.errors import InvalidState
from apps.events.actors import Actor
from apps.events.models import Booking
from apps.events.services.attendees.move import move_one
from apps.events.services.attendees.remove import get_attendee
from apps.events.services.bookings.reschedule import reschedule_booking
from apps.events.services.bookings.seats import list_seated


def move_attendee(
    *, booking: Booking, attendee_id: UUID, start: datetime, actor: Actor, now: datetime
) -> Booking:
    """Move one seat to another listed start; the session it is in afterwards.

    Raises `NotFound` for attendees of other sessions, and what `reschedule_booking` raises.
    """
    if not booking.is_session:
        raise InvalidState("This is a booking of one person; move the booking.")
    who = get_attendee(booking, attendee_id, list_seated(booking))
    moved = move_one(booking=booking, who=who, start=start, actor=actor, now=now)
    if moved is None:
        return reschedule_booking(booking=booking, start=start, actor=actor, now=now)
    return moved

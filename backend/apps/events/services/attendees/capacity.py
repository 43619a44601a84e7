"""Change how many seats one session has."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from apps.common.errors import InvalidState, ValidationFailed
from apps.events.actors import Actor
from apps.events.models import AuditAction, Booking
from apps.events.services.attendees.leaving import serve_the_waiting
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.holds.release import release_lapsed_seats

FEWEST, MOST = 2, 100
"""With one seat it would not be a session."""


def change_capacity(*, booking: Booking, capacity: int, actor: Actor, now: datetime) -> Booking:
    """Give one session another number of seats; its event type's is for new sessions.

    Raises `ValidationFailed` at /capacity outside 2 to 100 and below the seats that are taken or
    held, `InvalidState` for bookings of one person and for sessions that are over.
    """
    if not FEWEST <= capacity <= MOST:
        raise ValidationFailed.of(
            "/capacity", "out_of_range", f"A session has {FEWEST} to {MOST} seats."
        )
    if not booking.is_session:
        raise InvalidState("This is a booking of one person; it has no further seats.")

    def write() -> Booking:
        session = lock_booking(booking)
        if session.status not in Booking.UNTIL_START or now >= session.end_time:
            raise InvalidState("This session is over or was called off; its seats stand.")
        release_lapsed_seats(session, now=now)
        before = session.capacity
        if capacity == before:
            return session
        changed = Booking.objects.filter(
            pk=session.pk, attendee_count__lte=capacity - F("held_seats")
        ).update(capacity=capacity, updated_at=now)
        if not changed:
            needed = session.attendee_count + session.held_seats
            raise ValidationFailed.of(
                "/capacity",
                "below_taken",
                f"{needed} seats are taken or kept for somebody; enter at least as many.",
            )
        session.capacity = capacity
        record(
            session,
            AuditAction.CAPACITY_CHANGED,
            actor=actor,
            now=now,
            old={"capacity": before},
            new={"capacity": capacity},
        )
        if capacity > before:
            serve_the_waiting(session, now=now)
        return session

    return in_transaction(write)
